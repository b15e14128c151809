#!/bin/sh
# Behaves as trivy 0.74 does towards in-cluster/scan.sh: the folder FAKE holds what it meets.
#   calls/N                  is written: the arguments of the Nth call, each ended by a NUL
#   download, search         lines; each makes one such call fail, with the line as its complaint
#   reports/linux_amd64      the report for a platform
# Source: aquasecurity/trivy cmd/trivy/main.go and pkg/commands/operation/operation.go
set -eu

number=0
while [ -e "$FAKE/calls/$number" ]; do number=$((number + 1)); done
printf '%s\0' "$@" >"$FAKE/calls/$number"

kind=search
if [ "$1" = convert ]; then kind=convert; fi
platform='' output='' code='' previous=''
for argument in "$@"; do
  case $previous in
    --platform) platform=$argument ;;
    --output) output=$argument ;;
    --exit-code) code=$argument ;;
  esac
  if [ "$argument" = --download-db-only ]; then kind=download; fi
  previous=$argument
done

if [ -s "$FAKE/$kind" ]; then
  printf 'FATAL\tFatal error\t%s\n' "$(head -n 1 "$FAKE/$kind")" >&2
  tail -n +2 "$FAKE/$kind" >"$FAKE/rest"
  mv "$FAKE/rest" "$FAKE/$kind"
  exit 1
fi

case $kind in
  convert) printf 'table of %s\n' "$(grep -c VulnerabilityID "$previous" || :)" ;;
  search)
    cp "$FAKE/reports/$(printf '%s' "$platform" | tr / _)" "$output"
    if grep -q VulnerabilityID "$output"; then exit "$code"; fi
    ;;
esac
