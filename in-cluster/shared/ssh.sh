# shellcheck shell=sh
# Part of the scripts that reach a repository by ssh: the one key and the one list of hosts that ssh has. Nothing else of
# the machine counts. What it needs is in a folder of the script's own, which is its HOME.

# For GIT_SSH_COMMAND. The shell that git starts ssh with reads HOME, so that no name is a part of a command.
# shellcheck disable=SC2016
ssh_command='ssh -F "$HOME/ssh"'

# Of a file, into the folder. ssh takes no key that others may read, or whose last line has no end.
take_key() {
  (umask 077 && cat "$1" >"$2/key" && echo >>"$2/key")
}

# Into the folder; then the file with the known hosts.
configure_ssh() {
  cat >"$1/ssh" <<END
IdentityFile "$1/key"
UserKnownHostsFile "$2"
GlobalKnownHostsFile /dev/null
StrictHostKeyChecking yes
UpdateHostKeys no
IdentitiesOnly yes
IdentityAgent none
BatchMode yes
ConnectTimeout 15
ServerAliveInterval 15
LogLevel ERROR
END
}
