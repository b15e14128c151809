# shellcheck shell=sh
# First part of the scripts of a build. Their exit codes: 0 done; 75 (EX_TEMPFAIL) trouble that passes, so that the same
# again may work; anything else final. plan/program-files.ts puts the parts of a script together.
set -eu
# Messages of other programs are told apart by their English words, and text counts by its bytes.
export LC_ALL=C
unset CDPATH
umask 022

# Ends with one sentence for a person: on one line, whatever stands in a value, and without the password of a URL.
fail() {
  code=$1
  shift
  printf '%s' "$*" | tr '\000-\037\177' ' ' | sed 's#//[^/@ ]*@#//#g' >&2
  echo >&2
  exit "$code"
}
