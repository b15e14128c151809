# shellcheck shell=sh
# Third part of release.sh: CI's file of an application, apps/PROJECT/APPLICATION/kustomization.yaml, written and read. It
# has the form that model/release-file.ts describes, and a file in any other form is a person's.

# The file, from digest, commit and push. The annotations are this file's own: they reach no object of the cluster. Where
# later images do not pass through here, they would be true only of the first.
compose() {
  echo "# A release of $name writes this file. Whatever else stands in it stops releases, so that no edit is lost."
  echo "apiVersion: kustomize.config.k8s.io/v1beta1"
  echo "kind: Kustomization"
  case $mode in
  commit | dispatch) printf 'metadata:\n  annotations:\n    idp/commit: "%s"\n    idp/pushed: "%s"\n' "$2" "$3" ;;
  esac
  printf 'resources: [application.yaml]\nimages:\n  - name: %s\n' "$IMAGE"
  if [ -n "$tag" ]; then echo "    newTag: $tag"; else echo "    digest: $1"; fi
}

# Lines of that form, after their indentation. Of the image's name any, since the registry may have moved.
known_line='# A release of [a-z0-9/-]+ writes this file\..*edit is lost\.|apiVersion: kustomize\.config\.k8s\.io/v1beta1|kind: Kustomization|metadata:|annotations:|idp/commit: "[0-9a-f]{40}"|idp/pushed: "(0|[1-9][0-9]{0,11})"|resources: \[application\.yaml\]|images:|- name: [A-Za-z0-9.:/_-]+|digest: sha256:[0-9a-f]{64}|newTag: branch-[A-Za-z0-9._-]+'

value_of() {
  sed -n "s|^ *$1: \"\\{0,1\\}\\([0-9a-z:]*\\)\"\\{0,1\\}\$|\\1|p" "$work/present"
}

# What is released: digest, tag, commit and push, each empty when it stands nowhere.
read_present() {
  released_digest='' released_tag='' released_commit='' released_push=''
  case $(mode_of "$path") in
  '') return 0 ;;
  100644 | 100755) ;;
  *) refuse "$path is no plain file; remove it from the GitOps repository" ;;
  esac
  [ "$mode" != image-updater ] || leave
  git cat-file blob "$base:$path" >"$work/present"
  stray=$(grep -n -v -x -E -e '' -e " *($known_line)" "$work/present" | head -n 1 | cut -c 1-80)
  [ -z "$stray" ] || refuse "a person has edited $path (line $stray); take the edit out, or delete the file"
  twice=$(cut -d : -f 1 "$work/present" | grep . | sort | uniq -d | head -n 1)
  [ -z "$twice" ] || refuse "$path has \`$twice\` twice; take one out, or delete the file"
  released_digest=$(value_of digest) released_commit=$(value_of idp/commit) released_push=$(value_of idp/pushed)
  released_tag=$(sed -n 's|^ *newTag: ||p' "$work/present")
}

# The updater finds the image by its tag, and writes its digest into the file.
leave() {
  [ -z "$mine" ] || [ "$base" != "$mine" ] || finish released "released"
  finish left "left to Argo CD Image Updater"
}
