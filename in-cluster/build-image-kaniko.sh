# shellcheck shell=sh
# Builds an image with kaniko and pushes it. Needs /kaniko/executor and a shell, as in the debug images of kaniko. The
# variables stand in shared/image.sh. It runs the Dockerfile's commands in this very container, where they can read the
# registry's password: BuildKit is the better choice.

# Commands of the Dockerfile change the files of this container: what runs after them must not be theirs.
PATH=/busybox:$PATH
# kaniko empties the container between the stages of a Dockerfile, except for what is mounted.
scratch=$(mktemp -d "$RESULTS/kaniko.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' HUP INT TERM

[ -z "$SECRETS" ] || fail 1 "kaniko has no secret mounts; remove build.secrets, or set build.builder to buildkit"
case $PLATFORMS in
  *,*) fail 1 "kaniko builds for one platform, not for $PLATFORMS; name one, or set build.builder to buildkit" ;;
esac

# Flag and value are one argument, so that no value can be taken for a flag.
set -- "--context=dir://$folder" "--dockerfile=$recipe" "--destination=$IMAGE:$TAG" \
  "--digest-file=$scratch/digest" --cache=true "--cache-repo=$CACHE" --skip-unused-stages=true \
  --push-retry=2 --image-download-retry=2 \
  "--label=org.opencontainers.image.revision=$TAG" "--label=org.opencontainers.image.source=$SOURCE"
[ -z "$MOVING_TAG" ] || set -- "$@" "--destination=$IMAGE:$MOVING_TAG"
[ -z "$TARGET" ] || set -- "$@" "--target=$TARGET"
[ -z "$PLATFORMS" ] || set -- "$@" "--custom-platform=$PLATFORMS"

while read -r name encoded; do
  [ -n "$name" ] || continue
  value=$(value_of "$name" "$encoded")
  set -- "$@" "--build-arg=$name=${value%x}"
done <<END
$BUILD_ARGUMENTS
END

run_builder "${BUILDER:-/kaniko/executor}" "$@"
finish "$(cat "$scratch/digest")"
