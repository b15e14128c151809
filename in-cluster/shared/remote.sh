# shellcheck shell=sh
# Third part of check.sh and checkout.sh: one commit of a repository that may hold anything. Variables of both:
#   REPOSITORY        URL of the repository, as git takes it
#   BRANCH, COMMIT    branch without refs/heads/, and the commit in 40 hexadecimal digits
#   SSH_KEY_FILE, KNOWN_HOSTS_FILE   key and hosts for ssh; both empty: neither is given to ssh
#   RETRY_PAUSES      seconds between tries; absent: 2 5 15

[ ${#COMMIT} -eq 40 ] || fail 1 "\"$COMMIT\" is no commit; give the 40 hexadecimal digits of one"
case $COMMIT in
  *[!0-9a-f]*) fail 1 "\"$COMMIT\" is no commit; give the 40 hexadecimal digits of one" ;;
  *[!0]*) ;;
  *) fail 1 "$COMMIT stands for no commit: the branch was deleted; give a commit of a branch" ;;
esac
case $REPOSITORY in
  '' | -* | *[[:cntrl:]]*) fail 1 "\"$REPOSITORY\" is no URL of a repository; correct git.owner and git.repo" ;;
esac

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' HUP INT TERM

# Nothing of git's configuration but this, and outside of the folder that the sources go to: so nothing there can name a
# program to run, and neither the key nor the URL is left behind.
export HOME="$scratch" GIT_DIR="$scratch/repository" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$scratch/config"
# Without ext, which runs what stands in the URL.
export GIT_ALLOW_PROTOCOL=file:http:https:ssh
export GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=true
cat >"$GIT_CONFIG_GLOBAL" <<'END'
[core]
	hooksPath = /dev/null
[safe]
	directory = *
[http]
	lowSpeedLimit = 1000
	lowSpeedTime = 60
[gc]
	auto = 0
[maintenance]
	auto = false
END

git check-ref-format "refs/heads/$BRANCH" || fail 1 "\"$BRANCH\" is no name of a branch; correct git.branch"

use_key() {
  for file in "$SSH_KEY_FILE" "$KNOWN_HOSTS_FILE"; do
    { [ -s "$file" ] && [ -r "$file" ]; } ||
      fail 1 "the file \"$file\" cannot be read or is empty; look at the deploy key's Secret and the known hosts"
  done
  take_key "$SSH_KEY_FILE" "$scratch"
  cat "$KNOWN_HOSTS_FILE" >"$scratch/hosts"
  configure_ssh "$scratch" "$scratch/hosts"
  export GIT_SSH_COMMAND="$ssh_command"
}

case ${SSH_KEY_FILE:+key}${KNOWN_HOSTS_FILE:+hosts} in
  '') ;;
  keyhosts) use_key ;;
  *) fail 1 "SSH_KEY_FILE and KNOWN_HOSTS_FILE belong together; set both or none" ;;
esac

git init --quiet --bare --template= "$GIT_DIR"
git remote add -- origin "$REPOSITORY"

# Answers that stay, also when a line about a lost connection follows; and trouble that passes. Each has a blank in it,
# so that no URL and no branch is taken for one.
final="not our ref|unadvertised object|couldn't find remote ref|permission denied|repository not found|' not found"
final="$final|host key verification failed|authentication failed|could not read username|not appear to be a git"
final="$final|does not exist"
passing="could not resolve host|temporary failure|connection (refused|reset|closed)|closed by remote host|timed out"
passing="$passing|timeout was reached|failed to connect|network is unreachable|no route to host|broken pipe|too slow"
passing="$passing|returned error: (429|5[0-9][0-9])|early eof|unexpected disconnect|hung up unexpectedly"
passing="$passing|empty reply from|ssl connection|tls connection"

# Runs git with the remote, again while its trouble is of the kind that passes. Returns 1 for an answer that stays.
reach() {
  for pause in ${RETRY_PAUSES-2 5 15} ''; do
    git "$@" 2>"$scratch/said" && return
    grep -Eqi "$final" "$scratch/said" && return 1
    grep -Eqi "$passing" "$scratch/said" || return 1
    [ -z "$pause" ] || sleep "$pause"
  done
  fail 75 "$REPOSITORY cannot be reached now: $(said); the step starts anew by itself"
}

# What git said, in a line.
said() {
  sed -n '/^warning: /d; /[^[:space:]]/{s/^fatal: //;p;q;}' "$scratch/said"
}

refused() {
  fail 1 "$REPOSITORY cannot be read: $(said); check that it is there and has the deploy key that Pulumi made"
}
