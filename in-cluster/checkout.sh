# shellcheck shell=sh
# The files of one commit and nothing else: no `.git`, so neither history nor configuration. Needs git and, for a URL of
# ssh, ssh. Variables besides those of shared/remote.sh:
#   WORKSPACE   empty folder that they go to; everybody may read them
# Submodules are not fetched (the deploy key opens one repository only), nor is what Git LFS keeps elsewhere.

[ -d "$WORKSPACE" ] || fail 1 "the folder \"$WORKSPACE\" of WORKSPACE is missing; mount one"
cd -- "$WORKSPACE"
[ -z "$(ls -A)" ] || fail 1 "the folder \"$WORKSPACE\" of WORKSPACE is not empty; mount an empty one"

if ! reach fetch --quiet --no-tags --depth=1 -- origin "$COMMIT"; then
  # A server may give only what a branch or a tag names: then the branch, whole.
  grep -Eqi 'not our ref|unadvertised object' "$scratch/said" || refused
  reach fetch --quiet --no-tags -- origin "+refs/heads/$BRANCH:refs/heads/branch" || refused
fi
[ "$(git cat-file -t "$COMMIT" 2>/dev/null)" = commit ] ||
  fail 1 "the commit $COMMIT is no longer in $REPOSITORY; build the newest commit of \"$BRANCH\" instead"

# git itself refuses names such as `.git/config` and writes through no link.
git --work-tree=. checkout --quiet --force --detach "$COMMIT" 2>"$scratch/said" ||
  fail 1 "the files of $COMMIT cannot be written: $(said); remove what git refuses, or give builds more disk"

if git ls-tree -r "$COMMIT" | grep -q '^160000 '; then
  echo "submodules stay empty: they are not fetched" >&2
fi
if git grep -q 'filter=lfs' "$COMMIT" -- .gitattributes '*/.gitattributes'; then
  echo "files of Git LFS stay pointers: they are not fetched" >&2
fi
echo "$COMMIT is in place"
