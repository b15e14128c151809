# shellcheck shell=sh
# Releases an image of one application: commits its digest, and the commit and the push that it was built from, into the
# GitOps repository. It writes apps/PROJECT/APPLICATION/kustomization.yaml alone, and no file that a person has edited.
# Nothing is checked out: git makes the new commit of what it fetched, so no link or attribute of the repository counts.
#
#   GITOPS, GITOPS_BRANCH            address of the repository, and its branch
#   SSH_KEY_FILE, KNOWN_HOSTS_FILE   for ssh: the key that writes, and the keys of the server; both empty: none
#   PROJECT, APPLICATION             what is released
#   IMAGE, DIGEST                    image without a tag, and `sha256:` with 64 hex digits
#   COMMIT                           commit that it was built from, 40 hex digits
#   PUSHED                           when GitHub got that commit, in seconds since 1970
#   PINNED                           commit that the application is held at, or nothing
#   MODE                             how the application is released; nothing: commit. With `image-updater` a file that is
#                                    there stays as it is; with `restart` the file names a tag, and no image by its digest
#   TAGS                             for `restart`: folder with the tag of each application, named PROJECT.APPLICATION
#   RESULTS                          folder for `outcome` (released, unchanged, older, pinned, left) and `description`, a
#                                    sentence
#   PAUSE                            seconds before a second try; later ones wait longer
#
# It ends with 0 when nothing is left to do, with 75 when it may be tried again later, and else with 1.
set -f

# Ends with a sentence that says what a person can do.
refuse() {
  fail 1 "release of $name: $1"
}

# Outcome and sentence; the sentence is what GitHub shows beside the commit.
finish() {
  printf '%s' "$1" >"$RESULTS/outcome"
  printf '%s' "$2" >"$RESULTS/description"
  case $1 in
  older | pinned) echo "release of $name: $2" >&2 ;;
  *) echo "release of $name: $2" ;;
  esac
  exit 0
}

is_hex() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ "${#1}" -eq "$2" ]
}

# Lower-case letters, digits and single hyphens, as model/names.ts has them.
is_name() {
  case $1 in '' | *[!a-z0-9-]* | [!a-z]* | *- | *--*) return 1 ;; esac
  [ "${#1}" -le 30 ]
}

check() {
  name="an application"
  is_name "$PROJECT" || refuse "PROJECT is no name of a project"
  is_name "$APPLICATION" || refuse "APPLICATION is no name of an application"
  name="$PROJECT/$APPLICATION" folder="apps/$PROJECT/$APPLICATION"
  path="$folder/kustomization.yaml"
  is_hex "$COMMIT" 40 || refuse "COMMIT is not 40 lower-case hex digits"
  case $COMMIT in *[!0]*) ;; *) refuse "COMMIT is that of a deleted branch" ;; esac
  case $DIGEST in sha256:*) ;; *) refuse "DIGEST is no digest of an image" ;; esac
  is_hex "${DIGEST#sha256:}" 64 || refuse "DIGEST is not \`sha256:\` and 64 hex digits"
  case $PUSHED in '' | *[!0-9]* | 0?* | ?????????????*) refuse "PUSHED is no number of seconds" ;; esac
  [ -z "$PINNED" ] || is_hex "$PINNED" 40 || refuse "PINNED is not 40 lower-case hex digits"
  case $IMAGE in *[!A-Za-z0-9.:/_-]* | -* | /*) refuse "IMAGE is no name of an image" ;; esac
  case $IMAGE in ?*/"$name") ;; *) refuse "IMAGE is that of another application" ;; esac
  mode=${MODE:-commit} tag=''
  case $mode in commit | dispatch | image-updater) ;; restart) read_tag ;; *) refuse "MODE is none that this script knows" ;; esac
}

read_tag() {
  [ -f "$TAGS/$PROJECT.$APPLICATION" ] || refuse "it has no tag yet; \`pulumi up\` of the projects stack gives it one"
  tag=$(cat "$TAGS/$PROJECT.$APPLICATION")
  case $tag in branch-*) ;; *) refuse "its tag is not that of a branch" ;; esac
  case $tag in *[!A-Za-z0-9._-]*) refuse "its tag is not that of a branch" ;; esac
}

# All that git obeys is set here: no configuration of the machine or of a person counts.
prepare() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 143' HUP INT TERM
  export HOME="$work" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true
  export GIT_ALLOW_PROTOCOL=file:http:https:ssh GIT_SSH_VARIANT=ssh GIT_SSH_COMMAND="$ssh_command"
  export GIT_AUTHOR_NAME="idp releases" GIT_AUTHOR_EMAIL=releases@idp.invalid
  export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
  [ -z "$SSH_KEY_FILE" ] || use_key
  git init --quiet --bare --template= "$work/repository"
  cd "$work/repository"
  git config core.hooksPath /dev/null
  git config http.lowSpeedLimit 1000
  git config http.lowSpeedTime 30
  git config gc.auto 0
}

use_key() {
  take_key "$SSH_KEY_FILE" "$work" || refuse "the write key cannot be read"
  cat "$KNOWN_HOSTS_FILE" >"$work/hosts" || refuse "the keys of the git server cannot be read"
  configure_ssh "$work" "$work/hosts"
}

# Whole seconds, and a part of one that differs from one releaser to the next.
wait_about() {
  part=$(od -A n -N 2 -t u2 /dev/urandom | tr -d ' \n')
  sleep "$1.$((part % 90 + 10))"
}

# Answers that stay; anything else may pass. Each has a blank in it, so that no address is taken for one.
final="permission denied|marked as read only|host key verification failed|repository not found|not appear to be a git"
final="$final|couldn't find remote ref|repository rule violations|protected branch|' not found|authentication failed"

# What git has said is in the file.
trouble() {
  said=$(grep -v '^$' "$1" | head -n 3 | cut -c 1-200 | tr '\n' ' ')
  if grep -Eqi "$final" "$1"; then refuse "the GitOps repository takes no release: $said"; fi
  failures=$((failures + 1))
  if [ "$failures" -ge 5 ]; then
    fail 75 "release of $name: the GitOps repository cannot be written now: $said"
  fi
  wait_about "$pause"
  pause=$((pause * 2))
}

fetch() {
  git fetch --quiet --no-tags --depth 1 -- "$GITOPS" "+refs/heads/$GITOPS_BRANCH:refs/heads/base" 2>"$work/fetched" || return 1
  base=$(git rev-parse --verify --quiet 'refs/heads/base^{commit}')
}

# Mode of an entry of the fetched commit; nothing when there is none. A folder that is a link has no entries.
mode_of() {
  git ls-tree "$base" -- "$1" | cut -d ' ' -f 1
}

# Ends the program when there is nothing to write. Of two pushes in one second the later report counts: builds of an
# application run one after the other. The same image of a newer push is written, so that an older push cannot follow it.
decide() {
  case $(mode_of "$folder/application.yaml") in
  100644 | 100755) ;;
  *) refuse "the GitOps repository has no $folder/application.yaml; it is there once \`pulumi up\` has seen the project" ;;
  esac
  read_present
  [ -z "$mine" ] || [ "$base" != "$mine" ] || finish released "released"
  if [ -n "$tag" ]; then
    [ "$released_tag $released_digest" != "$tag " ] || finish unchanged "the released tag means this image now"
    return 0
  fi
  if [ "$PUSHED" -lt "${released_push:-0}" ]; then
    [ "$released_commit" != "$COMMIT" ] || finish unchanged "this commit is the released one already"
    finish older "built, and not released: $(printf %.7s "$released_commit") was pushed later and is released"
  fi
  if [ "$released_digest $released_commit" = "$DIGEST $COMMIT" ] && [ "$PUSHED" = "$released_push" ]; then
    [ -z "$mine" ] || finish released "released"
    finish unchanged "this image is the released one already"
  fi
}

write() {
  rm -f "$work/index"
  blob=$(compose "$DIGEST" "$COMMIT" "$PUSHED" | git hash-object -w --stdin)
  export GIT_INDEX_FILE="$work/index"
  git read-tree "$base"
  git update-index --add --cacheinfo "100644,$blob,$path"
  tree=$(git write-tree)
  what=${tag:-$(printf 'sha256:%.12s...' "${DIGEST#sha256:}")}
  message=$(printf 'release %s %.7s (%s)' "$name" "$COMMIT" "$what")
  mine=$(git commit-tree "$tree" -p "$base" -m "$message")
}

check
if [ -n "$PINNED" ] && [ "$PINNED" != "$COMMIT" ]; then
  finish pinned "built, and not released: the project's file holds the application at $(printf %.7s "$PINNED")"
fi
prepare
mine='' built_on='' failures=0 rounds=0 pause=${PAUSE:-2}
while [ "$rounds" -lt 200 ]; do
  rounds=$((rounds + 1))
  if ! fetch; then
    trouble "$work/fetched"
    continue
  fi
  decide
  # Refused though nobody else has pushed: it is the server's trouble, or the network's.
  [ "$base" != "$built_on" ] || trouble "$work/pushed"
  built_on=$base
  write
  # Not quietly: what the server says is what a person needs.
  if git push -- "$GITOPS" "$mine:refs/heads/$GITOPS_BRANCH" >"$work/pushed" 2>&1; then finish released "released"; fi
  wait_about 0
done
fail 75 "release of $name: others push into the GitOps repository all the time"
