#!/bin/sh
# shellcheck shell=sh
# What the holder of one deploy key may do, as GitHub has it: read one repository, or write to it too. sshd runs it in the
# place of the command that it was asked for, which it finds in SSH_ORIGINAL_COMMAND.
#   deploy-key.sh read|write OWNER/NAME.git PATH
set -eu
may=$1 name=$2 path=$3
case ${SSH_ORIGINAL_COMMAND-} in
  "git-upload-pack '$name'" | "git-upload-pack '/$name'") exec git upload-pack "$path" ;;
  "git-receive-pack '$name'" | "git-receive-pack '/$name'")
    [ "$may" != write ] || exec git receive-pack "$path"
    echo "ERROR: The key you are authenticating with has been marked as read only." >&2
    ;;
  *) echo "ERROR: Repository not found." >&2 ;;
esac
exit 1
