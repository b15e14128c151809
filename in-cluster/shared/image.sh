# shellcheck shell=sh
# Second part of build-image.sh and build-image-kaniko.sh: what to build from, and what became of it. Variables of both:
#   WORKSPACE         folder with the sources
#   CONTEXT           folder in it that is sent to the builder
#   DOCKERFILE        Dockerfile, from that folder
#   TARGET            stage that is built; empty: the last one
#   BUILD_ARGUMENTS   a line per build argument: its name, a blank, its value in base64
#   SECRETS           folder with a file per secret; empty: none
#   PLATFORMS         such as linux/amd64, with commas between; empty: that of this machine
#   IMAGE, TAG        image with its registry and without a tag, and the commit that the tag is
#   MOVING_TAG        one more tag, which moves from build to build; empty: none
#   CACHE             repository of the layers that builds reuse
#   SOURCE            address of the sources, for a label of the image
#   DOCKER_CONFIG     folder with the config.json that has the registry's password; the builder reads it
#   RESULTS           folder; `digest` becomes the digest of the pushed image there
#   BUILDER           the builder's command; absent: that of its image

# They stand in lists with commas, which have no way to write one.
for name in "$IMAGE" "$CACHE"; do
  case $name in
    '' | [!a-z0-9]* | *[!a-z0-9./:_-]*) fail 1 "\"$name\" is no repository; give registry and path, without a tag" ;;
  esac
done
[ ${#TAG} -eq 40 ] || fail 1 "\"$TAG\" is no commit; give the 40 hexadecimal digits of one"
case $TAG in
  *[!0-9a-f]*) fail 1 "\"$TAG\" is no commit; give the 40 hexadecimal digits of one" ;;
esac
case $MOVING_TAG in
  [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail 1 "\"$MOVING_TAG\" is no tag; use letters, digits, \"_\", \".\" and \"-\"" ;;
esac
[ -d "$RESULTS" ] || fail 1 "the folder \"$RESULTS\" of RESULTS is missing; mount one"
[ -d "$WORKSPACE" ] || fail 1 "the folder \"$WORKSPACE\" of WORKSPACE is missing; mount the sources"
sources=$(cd -- "$WORKSPACE" && pwd -P)

# The true path of what stands in the sources. A link of the repository could lead to a password of this pod.
inside() {
  found=$(readlink -f "$sources/$1") || found=
  case $found/ in
    "$sources"/*) ;;
    *) fail 1 "\"$1\" is missing in the repository or leads out of it; correct build.context and build.dockerfile" ;;
  esac
  printf '%s' "$found"
}

folder=$(inside "$CONTEXT")
[ -d "$folder" ] || fail 1 "\"$CONTEXT\" of the repository is no folder; correct build.context"
recipe=$(inside "$CONTEXT/$DOCKERFILE")
[ -f "$recipe" ] || fail 1 "\"$DOCKERFILE\" is no file; correct build.dockerfile"

# The value of a build argument, with an x behind it: a shell cuts line feeds off the end.
value_of() {
  case $1 in
    [!A-Za-z_]* | *[!A-Za-z0-9_]*) fail 1 "\"$1\" is no name of a build argument; use letters, digits and \"_\"" ;;
  esac
  # busybox decodes anything.
  case $((${#2} % 4))$2 in
    [!0]* | *[!A-Za-z0-9+/=]*) fail 1 "the value of the build argument $1 is not base64; encode it" ;;
  esac
  printf '%s' "$2" | base64 -d
  printf x
}

# Runs the builder, its output to the log. A failure counts by its last error, not by its exit code: with kaniko, that
# is the one of a command in the Dockerfile.
run_builder() {
  {
    code=0
    "$@" 2>&1 || code=$?
    echo "$code" >"$scratch/code"
  } | tee "$scratch/log" >&2
  code=$(cat "$scratch/code")
  [ "$code" -ne 0 ] || return 0
  last=$(sed -n '/^error[: ]/p; /^could not connect to /p' "$scratch/log" | tail -n 1)
  [ -n "$last" ] || last=$(sed '/^[[:space:]]*$/d' "$scratch/log" | tail -n 1)
  [ "$code" -ne 137 ] || last="$last (exit code: 137)"
  judge
}

ended_with() {
  printf '%s' "$last" | grep -Eqi -e "$1"
}

# Ends, by the last error of a builder that failed. What stays comes first: it may quote anything of a Dockerfile.
judge() {
  if ended_with 'exit (code:|status) 137|error reading from server|transport is closing|signal: killed'; then
    fail 1 "the build was stopped: $last; most likely it lacks memory: raise build.resources.memoryLimit"
  elif ended_with 'no space left on device'; then
    fail 1 "the build has no disk left: $last; raise build.resources.disk"
  elif ended_with 'did not complete successfully|failed to execute command|parse error'; then
    fail 1 "the Dockerfile cannot be built: $last; see the lines above"
  elif ended_with 'unauthorized|authorization failed|access.* denied|: denied: |status.* 40[13]'; then
    fail 1 "a registry refuses: $last; check the base images, and the project's robot account in Harbor"
  elif ended_with '^could not connect to unix:'; then
    fail 75 "BuildKit does not start: $last; its log stands above, and the step starts anew by itself"
  elif ended_with "$passing"; then
    fail 75 "a registry cannot be reached now: $last; the step starts anew by itself"
  fi
  fail 1 "the image cannot be built: $last; see the lines above"
}

# Trouble that passes, in the words of Go and of registries.
passing='connection (refused|reset)|broken pipe|[^a-z]EOF$|i/o timeout|handshake timeout|timed out|deadline exceeded'
passing="$passing|server misbehaving|temporary failure|network is unreachable|no route to host|toomanyrequests"
passing="$passing|status.*[ :](429|5[0-9][0-9])([ :;]|\$)"

# Hands on the digest that the builder names.
finish() {
  case $1 in
    sha256:*[!0-9a-f]* | sha256:) ;;
    sha256:*) [ ${#1} -ne 71 ] || { printf '%s' "$1" >"$RESULTS/digest" && exit; } ;;
  esac
  fail 1 "the builder says nothing of the image's digest; look at its version"
}
