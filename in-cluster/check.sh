# shellcheck shell=sh
# Whether a commit is to be built. Needs git and, for a URL of ssh, ssh. Variables besides those of shared/remote.sh:
#   PUSHED    when it was pushed, in seconds since 1970; empty: somebody asks for this very commit
#   PATHS     files and folders of which one must change for a push to be built, one a line; empty or absent: any
#   RESULTS   folder; `decision` becomes `build` or `superseded` there, and `pushed` the seconds

case $PUSHED in
  *[!0-9]*) fail 1 "\"$PUSHED\" is no time of a push; give seconds since 1970, or nothing for a build by hand" ;;
esac
[ -d "$RESULTS" ] || fail 1 "the folder \"$RESULTS\" of RESULTS is missing; mount one"

# Prints the newest commit of the branch.
newest() {
  reach ls-remote -- origin "refs/heads/$BRANCH" >"$scratch/heads" || refused
  while read -r head ref; do
    # git also lists what merely ends like the name.
    [ "$ref" != "refs/heads/$BRANCH" ] || echo "$head"
  done <"$scratch/heads"
}

# History down to the first commit, without the files: of GitHub, a few hundred bytes a commit.
fetch_history() {
  if [ -z "${PATHS-}" ]; then without=tree:0; else without=blob:none; fi
  reach fetch --quiet --no-tags --filter="$without" -- origin "+refs/heads/$BRANCH:refs/heads/branch" || refused
}

# Whether a push after this one is built in its place: any, if it concerns the application at all. One that touches none
# of its paths is not built, so the commit before it must be.
is_superseded() {
  [ -n "$PUSHED" ] || return 1
  [ -n "${PATHS-}" ] || return 0
  set --
  while IFS= read -r path; do
    [ -z "$path" ] || set -- "$@" "$path"
  done <<END
$PATHS
END
  changed=0
  GIT_LITERAL_PATHSPECS=1 git diff-tree -r --quiet "$COMMIT" refs/heads/branch -- "$@" || changed=$?
  [ "$changed" -eq 1 ]
}

head=$(newest)
[ -n "$head" ] || fail 1 "$REPOSITORY has no branch \"$BRANCH\"; push it, or name another in git.branch"
decision=build
if [ "$head" != "$COMMIT" ]; then
  fetch_history
  # Not merge-base: asked for a commit that is missing here, it would fetch that from the remote.
  git rev-list refs/heads/branch >"$scratch/history"
  if ! grep -Fqx "$COMMIT" "$scratch/history"; then
    # Of a push it was on the branch, and a forced one came after it.
    [ -n "$PUSHED" ] ||
      fail 1 "the commit $COMMIT is not on the branch \"$BRANCH\" of $REPOSITORY; build its newest one ($head) instead"
    decision=superseded
    echo "$COMMIT is not built: it is no longer on the branch \"$BRANCH\", whose newest is $head"
  elif is_superseded; then
    decision=superseded
    echo "$COMMIT is not built: $head was pushed after it"
  fi
fi
printf '%s' "$decision" >"$RESULTS/decision"
printf '%s' "${PUSHED:-$(date +%s)}" >"$RESULTS/pushed"
