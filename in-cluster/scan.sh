#!/bin/sh
# Searches an image of the registry for known vulnerabilities, and says in one sentence how many of which severity it has.
# IMAGE         without tag, such as harbor.lab.example/shop/api
# DIGEST        of what was just pushed, such as sha256:...
# SCAN_MODE     `warn` tells and never fails; `enforce` fails on a vulnerability, and on a search that did not happen
# SEVERITIES    those that count, such as HIGH,CRITICAL
# PLATFORMS     those of the image, such as linux/amd64,linux/arm64; empty: the one it has
# WORK          folder for databases and reports
# RESULTS       folder; `findings` there becomes the number of vulnerabilities of each severity, such as "2 HIGH, 0 CRITICAL"
# PAUSES        seconds before each new attempt to fetch the database, such as "10 30"
# MESSAGE_FILE  gets the sentence, for Kubernetes to show
set -euf
umask 022
LC_ALL=C IFS=' ,'
export LC_ALL

# What trivy is told to end with when there are vulnerabilities; whatever else goes wrong with it is 1.
vulnerable=10
# What search says of an image that is for other platforms.
absent=11
target="$IMAGE@$DIGEST"
see="see them by \`trivy image --severity $SEVERITIES $target\`"

main() {
  check_digest
  fetch_database
  any=0 searched=''
  : >"$WORK/counts"
  for platform in ${PLATFORMS:-$(likely_platforms)}; do
    search "$platform"
    if [ "$code" -eq "$absent" ]; then
      if [ -z "$PLATFORMS" ]; then continue; fi
      give_up "$target could not be searched for known vulnerabilities: it is not for $platform"
    fi
    if [ "$code" -eq "$vulnerable" ]; then any=1; fi
    show "$platform"
    searched=$platform
    if [ -z "$PLATFORMS" ]; then break; fi
  done
  [ -n "$searched" ] || give_up "$target could not be searched for known vulnerabilities: name its platforms in \`build.platforms\`"
  summary=$(sum)
  printf '%s' "$summary" >"$RESULTS/findings"
  conclude
}

conclude() {
  if [ "$any" -eq 0 ]; then
    tell "no known vulnerability of severity $SEVERITIES in $target"
  elif [ "$SCAN_MODE" = warn ]; then
    tell "known vulnerabilities: $summary; $see"
  else
    tell "known vulnerabilities: $summary; nothing is released before they are gone; $see"
    exit 1
  fi
}

tell() {
  printf '%s\n' "$1"
  printf '%s' "$1" >"$MESSAGE_FILE" || :
}

# Of a search that did not happen nobody knows anything, which `warn` tells as well.
give_up() {
  printf unknown >"$RESULTS/findings"
  if [ "$SCAN_MODE" = warn ]; then
    tell "$1; the image goes on, since \`build.scan.mode\` is \`warn\`"
    exit 0
  fi
  tell "$1; build the commit again, or say \`build.scan.mode: warn\`"
  exit 1
}

check_digest() {
  hex=${DIGEST#sha256:}
  case $hex in *[!0-9a-f]*) hex= ;; esac
  if [ "${#hex}" -ne 64 ] || [ "$DIGEST" != "sha256:$hex" ]; then
    give_up "the build left no digest of an image, so there is nothing to search"
  fi
}

# The node's own first: the image was most likely built on it, or on one like it.
likely_platforms() {
  case $(uname -m) in
    aarch64 | arm64) echo linux/arm64 linux/amd64 linux/arm/v7 ;;
    armv7l) echo linux/arm/v7 linux/arm64 linux/amd64 ;;
    *) echo linux/amd64 linux/arm64 linux/arm/v7 ;;
  esac
}

# Many megabytes from the internet, and the one thing here that a new attempt may help.
fetch_database() {
  for pause in 0 $PAUSES; do
    sleep "$pause"
    if trivy image --download-db-only --no-progress; then return; fi
  done
  give_up "the database of known vulnerabilities could not be fetched"
}

# An image with Java in it needs a second database, which trivy fetches in the middle of the search.
search() {
  for pause in 0 $PAUSES; do
    sleep "$pause"
    code=0
    trivy image --scanners vuln --image-src remote --skip-db-update --no-progress --timeout 10m \
      --severity "$SEVERITIES" --platform "$1" --exit-code "$vulnerable" --format json --output "$WORK/report.json" \
      -- "$target" 2>"$WORK/log" || code=$?
    cat "$WORK/log" >&2
    if [ "$code" -eq 0 ] || [ "$code" -eq "$vulnerable" ]; then return; fi
    if grep -q 'no child with platform' "$WORK/log"; then
      code=$absent
      return
    fi
    grep -q 'Java DB' "$WORK/log" || give_up "$target could not be searched for known vulnerabilities"
  done
  give_up "the database of Java's libraries could not be fetched"
}

show() {
  printf '%s on %s:\n' "$target" "$1"
  trivy convert --format table --severity "$SEVERITIES" "$WORK/report.json" || :
  for severity in $SEVERITIES; do
    printf '%s %s\n' "$severity" "$(count "$severity")" >>"$WORK/counts"
  done
}

# Each field has a line of the report to itself, and a quote in a text stands behind a backslash.
count() {
  grep -c "^ *\"Severity\": \"$1\",\{0,1\}\$" "$WORK/report.json" || :
}

sum() {
  text=
  for severity in $SEVERITIES; do
    number=$(awk -v severity="$severity" '$1 == severity { sum += $2 } END { print sum + 0 }' "$WORK/counts")
    text="${text:+$text, }$number $severity"
  done
  printf '%s' "$text"
}

main
