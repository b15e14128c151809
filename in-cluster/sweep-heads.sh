# shellcheck shell=sh
# Finds the commits of each application of which one should have an image, for sweep.mjs, which asks the registry.
# Reads the file APPLICATIONS (plan/projects/builds/sweep-list.ts): per line, between tabs, application, key of its
# repository, address, full name, path of the webhook, image, branch and, between spaces, the paths that start a build.
# Writes WORK/asked, the second before it asked, and WORK/heads, one line per application, between tabs:
#   api  commits     <head>  <commits that would do, between spaces, the head first>
#   api  no-branch | no-change | unreachable
# A repository that cannot be reached says so in its line and stops no other one. The file KEYS/<key> is its read key,
# KNOWN_HOSTS what its host proves itself by. Keys and what is fetched go to a folder of TMPDIR, which nobody else has.
# Exit code 1: nothing could be written.
set -euf
export LC_ALL=C
umask 077

tab=$(printf '\t')

main() {
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 143' HUP INT TERM
  export HOME="$scratch" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_LITERAL_PATHSPECS=1
  export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true GIT_ALLOW_PROTOCOL="${GIT_ALLOW_PROTOCOL:-ssh}"
  configure_ssh "$scratch" "$KNOWN_HOSTS"
  export GIT_SSH_COMMAND="$ssh_command"
  date +%s >"$WORK/asked"
  while IFS="$tab" read -r application key address _ _ _ branch paths; do
    # Without a key, the host says no.
    take_key "$KEYS/$key" "$scratch" || :
    printf '%s\t%s\n' "$application" "$(answer "$key" "$address" "$branch" "$paths" </dev/null)"
  done <"$APPLICATIONS" >"$WORK/heads.new"
  mv "$WORK/heads.new" "$WORK/heads"
}

# What of a line comes after the application.
answer() {
  refs="$scratch/$1.refs"
  if ! list_branches "$refs" "$2"; then
    printf unreachable
    return
  fi
  head=$(head_of "$refs" "$3")
  if [ -z "$head" ]; then
    printf no-branch
  elif [ -z "$4" ]; then
    printf 'commits\t%s\t%s' "$head" "$head"
  else
    past "$@" || printf unreachable
  fi
}

# Once per repository, however many applications are built from it.
list_branches() {
  [ ! -e "$1.failed" ] || return 1
  [ -e "$1" ] || { git ls-remote --heads "$2" >"$1.new" && mv "$1.new" "$1"; } || {
    : >"$1.failed"
    return 1
  }
}

head_of() {
  while IFS="$tab" read -r commit ref; do
    [ "$ref" != "refs/heads/$2" ] || printf '%s' "$commit"
  done <"$1"
}

# The commits since the newest one that touched the paths: any of them gives the same image. More of the history is
# fetched, without the content of files, until that commit is in it; the oldest one fetched looks as if it touched all.
past() {
  folder="$scratch/$1.git"
  [ -e "$folder" ] || git init --quiet --bare "$folder" || return
  git --git-dir="$folder" config remote.origin.url "$2" || return
  for depth in --depth=50 --depth=1000 --unshallow; do
    fetch "$folder" "$depth" "$3" || return
    # shellcheck disable=SC2086 # Between spaces; a path has none, and nothing that a shell would expand.
    touched=$(git --git-dir="$folder" log -1 --format=%H refs/sweep -- $4) || return
    if [ -z "$touched" ]; then
      printf no-change
      return
    fi
    grep -qsx "$touched" "$folder/shallow" || break
  done
  head=$(git --git-dir="$folder" rev-parse refs/sweep) || return
  since=$(git --git-dir="$folder" rev-list --ancestry-path "$touched..$head") || return
  printf 'commits\t%s\t%s' "$head" "$(printf '%s\n%s' "$since" "$touched" | tr -s '\n' ' ' | sed 's/^ //')"
}

# All of the history may be there already.
fetch() {
  [ "$2" != --unshallow ] || [ -e "$1/shallow" ] || return 0
  git --git-dir="$1" fetch --quiet --no-tags --filter=blob:none "$2" origin "+refs/heads/$3:refs/sweep"
}

main
