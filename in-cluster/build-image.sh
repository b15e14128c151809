# shellcheck shell=sh
# Builds an image with BuildKit and pushes it. Needs buildctl-daemonless.sh, as in moby/buildkit:*-rootless. The
# variables stand in shared/image.sh; BUILDKITD_FLAGS and the like are those of the image.

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 143' HUP INT TERM

# A pod keeps commands of a build apart from its daemon by no namespace of their own: making one is what it may not do.
export BUILDKITD_FLAGS="${BUILDKITD_FLAGS---oci-worker-no-process-sandbox}"
# Half a minute for the daemon to start: the two seconds that are usual are short on a busy mini PC.
export BUILDCTL_CONNECT_RETRIES_MAX="${BUILDCTL_CONNECT_RETRIES_MAX-50}"

names="$IMAGE:$TAG${MOVING_TAG:+,$IMAGE:$MOVING_TAG}"
# Each value is one argument of its own, after the flag that it belongs to.
set -- build --progress plain --frontend dockerfile.v0 --metadata-file "$scratch/metadata" \
  --local "context=$folder" --local "dockerfile=$(dirname "$recipe")" --opt "filename=$(basename "$recipe")" \
  --output "type=image,\"name=$names\",push=true" \
  --import-cache "type=registry,ref=$CACHE:buildkit" \
  --export-cache "type=registry,ref=$CACHE:buildkit,mode=max,ignore-error=true" \
  --opt "attest:provenance=mode=max" --opt "vcs:revision=$TAG" --opt "vcs:source=$SOURCE" \
  --opt "label:org.opencontainers.image.revision=$TAG" --opt "label:org.opencontainers.image.source=$SOURCE"
[ -z "$TARGET" ] || set -- "$@" --opt "target=$TARGET"
[ -z "$PLATFORMS" ] || set -- "$@" --opt "platform=$PLATFORMS"

while read -r name encoded; do
  [ -n "$name" ] || continue
  value=$(value_of "$name" "$encoded")
  set -- "$@" --opt "build-arg:$name=${value%x}"
done <<END
$BUILD_ARGUMENTS
END

if [ -n "$SECRETS" ]; then
  case $SECRETS in
    *[,\"]*) fail 1 "\"$SECRETS\" has a comma or a quote in it; mount the build secrets somewhere else" ;;
  esac
  [ -d "$SECRETS" ] || fail 1 "the folder \"$SECRETS\" of SECRETS is missing; mount the build secrets"
  for file in "$SECRETS"/*; do
    [ -f "$file" ] || continue
    case ${file##*/} in
      *[!A-Za-z0-9_.-]*) fail 1 "\"${file##*/}\" is no name of a build secret; use letters, digits and \"_\"" ;;
    esac
    set -- "$@" --secret "id=${file##*/},src=$file"
  done
fi

run_builder "${BUILDER:-buildctl-daemonless.sh}" "$@"
# Its own fields stand in the first column of the JSON; below them are texts of the repository.
finish "$(sed -n 's/^  "containerimage\.digest": "\(sha256:[0-9a-f]*\)",\{0,1\}$/\1/p' "$scratch/metadata")"
