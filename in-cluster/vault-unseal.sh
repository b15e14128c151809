#!/bin/sh
# Opens Vault whenever it is sealed. Runs for ever, and says in one line whatever has changed; keys never.
#   VAULT_ADDR   such as http://vault.vault.svc.cluster.local:8200
#   KEYS         folder with the unseal keys: files key-1, key-2 and so on, which may come later
#   WORK         folder in memory, with a key while it is sent; `alive` is touched at least each half a minute
#   PAUSE        seconds between two looks
# Needs wget, timeout, sleep, cat and rm: those of busybox are enough.
set -u
umask 077
# Keys go to Vault alone: through no proxy, and into no variable that programs see.
unset http_proxy https_proxy key good refused
export LC_ALL=C

secret="the Secret vault-unseal-keys"
by_hand="or open it by hand: \`kubectl -n vault exec -ti vault-0 -- vault operator unseal\`"
patience=10 # looks without a try, after one with these very keys has failed

main() {
  state='' refused='' rest=0 child=''
  check
  trap end HUP INT TERM
  remove_work
  while :; do
    look
    run sleep "$PAUSE"
  done
}

check() {
  case $VAULT_ADDR in http://*) ;; *) fail "VAULT_ADDR is no address inside the cluster; use one that starts with http://" ;; esac
  case $PAUSE in '' | *[!0-9.]*) fail "PAUSE is no number of seconds" ;; esac
  [ -w "$WORK/" ] || fail "nothing can be written to the folder WORK; mount one"
  for program in wget timeout; do
    command -v "$program" >/dev/null || fail "the image has no $program; use that of Vault or OpenBao"
  done
}

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

end() {
  trap '' HUP INT TERM
  [ -z "$child" ] || kill "$child" 2>/dev/null
  remove_work
  exit 0
}

remove_work() {
  rm -f "$WORK/alive" "$WORK/answer" "$WORK/body" "$WORK/said"
}

look() {
  if ! ask 5 seal-status; then
    rest=0
    say away "Vault does not answer at $VAULT_ADDR"
    return
  fi
  case $answer in
    *'"initialized":false'*) say empty "Vault is not initialised yet" ;;
    *'"sealed":false'*) opened ;;
    *'"sealed":true'*) sealed ;;
    *) say strange "what answers at $VAULT_ADDR is not Vault" ;;
  esac
}

opened() {
  refused=''
  say opened "Vault is unsealed"
}

sealed() {
  number t
  needed=$number
  read_keys
  if [ "$count" -lt "$needed" ] || [ "$count" -eq 0 ]; then
    too_few
  elif [ "$good" != "$refused" ]; then
    if [ "$needed" -eq 1 ]; then noun=key; else noun=keys; fi
    say opening "Vault is sealed: opening it with $needed $noun${bad:+; no keys are:$bad}"
    open
  elif [ "$rest" -gt 0 ]; then
    rest=$((rest - 1))
  else
    open
  fi
}

too_few() {
  if [ -z "$good$bad" ]; then
    say none "no keys in $secret: Vault stays sealed; put them there, $by_hand"
  else
    say "$count $needed$bad" "too few keys in $secret: $count of $needed${bad:+; no keys are:$bad}; put the others there, $by_hand"
  fi
}

# Keys that may be right in `good`, names of the others in `bad`.
read_keys() {
  good='' bad='' count=0
  for file in "${KEYS}"/key-[1-9] "${KEYS}"/key-[1-9][0-9]; do
    [ -f "$file" ] || continue
    key=$(cat "$file")
    if is_key "$key"; then
      good="$good $key" count=$((count + 1))
    else
      bad="$bad ${file##*/}"
    fi
  done
}

# Hexadecimal or base64 of 16 to 33 bytes: nothing of it means anything to a shell or in JSON.
is_key() {
  case $1 in *[!A-Za-z0-9+/=]*) return 1 ;; esac
  [ "${#1}" -ge 24 ] && [ "${#1}" -le 66 ]
}

open() {
  try
  # A restart of Vault or somebody else's key in the middle spoils a try, and the keys are right all the same.
  [ "$result" != refused ] || try
  case $result in
    opened) opened ;;
    refused) wait_after "Vault refuses the keys in $secret: some are wrong, or the same; put the right ones there, $by_hand" ;;
    broken) wait_after "Vault cannot be opened: it answers with an error of its own; look at its log" ;;
  esac
}

wait_after() {
  refused=$good rest=$patience
  say "$result" "$1"
}

# Enters the keys from the first on, since what was entered before may be of somebody else.
try() {
  number progress
  [ "$number" -eq 0 ] || send '{"reset":true}'
  result=refused
  for key in $good; do
    if ! send "{\"key\":\"$key\"}"; then
      result=$(reason)
      break
    fi
    case $answer in *'"sealed":false'*) result=opened && return ;; esac
  done
  send '{"reset":true}'
}

# Programs are given the file: their arguments can be seen by others.
send() {
  printf '%s' "$1" >"$WORK/body"
  ask 30 unseal --header 'Content-Type: application/json' --post-file "$WORK/body"
  set -- $?
  rm -f "$WORK/body"
  return "$1"
}

# Asks once, in no more than so many seconds; `answer` is what Vault says.
ask() {
  seconds=$1 path=$2 answer=''
  shift 2
  # Not by a flag of wget, over which some builds of busybox crash.
  run timeout "$seconds" wget -nv -t 1 -O "$WORK/answer" "$@" "$VAULT_ADDR/v1/sys/$path" 2>"$WORK/said" || return
  IFS= read -r answer <"$WORK/answer" || [ -n "$answer" ]
}

# Why there was no answer. busybox says `HTTP/1.1 400 Bad Request`, GNU `ERROR 400: Bad Request.`
reason() {
  case $(cat "$WORK/said") in
    *'HTTP/1.'?' 400'* | *'ERROR 400'*) echo refused ;;
    *'HTTP/1.'?' '[1-9]* | *'ERROR '[1-9]*) echo broken ;;
    *) echo away ;;
  esac
}

# Runs a program, and a signal need not wait for its end.
run() {
  : >"$WORK/alive"
  "$@" &
  child=$!
  wait "$child"
  set -- $?
  child=''
  return "$1"
}

# A number of the answer, in `number`; 0 if it is not there.
number() {
  number=${answer#*\""$1"\":}
  number=${number%%[!0-9]*}
  number=${number:-0}
}

say() {
  [ "$1" != "$state" ] || return 0
  state=$1
  printf '%s\n' "$2"
}

main
