#!/bin/sh
# Runs a program, shows what it writes as it comes, and keeps the end of it in a file that outlives the pod: the executor
# makes an output parameter of it. Ends as the program does.
#   keep-log.sh PROGRAM [ARGUMENT...]
# LOG is the file; its folder is empty at first. KEEP is how many bytes are kept.
set -u

# An image without these tools runs the program all the same.
mkfifo "$LOG.program" "$LOG.end" 2>/dev/null || exec "$@"

# A build that takes too long is told to end; what it said until then is kept, so these two outlive it.
(
  trap '' TERM INT
  exec tail -c "$KEEP" <"$LOG.end" >"$LOG.part"
) &
end=$!
(
  trap '' TERM INT
  exec tee "$LOG.end" <"$LOG.program"
) &
show=$!

# The executor signals the whole group, the program included; this shell waits for the program.
trap : TERM INT
"$@" >"$LOG.program" 2>&1
status=$?

# What the program left running still holds the pipe. It has a moment, and then the log ends without it.
(
  sleep 2
  kill -KILL "$show"
) >/dev/null 2>&1 &
wait "$show" 2>/dev/null
wait "$end"
mv "$LOG.part" "$LOG"
rm -f "$LOG.program" "$LOG.end"
exit "$status"
