# shellcheck shell=sh
# Renders one application for Argo CD, in a sidecar of its repo-server: kustomize first, then argocd-vault-plugin, which puts
# values of Vault in the place of `<path:...#key>`. Argo CD deploys what this prints and deletes what is missing in it, so it
# prints everything or nothing. The folder is a copy of the repository for this render alone.
#
#   ARGOCD_APP_PROJECT_NAME   the project, in Argo CD's own words; Vault is asked as that project and as no other
#   ARGOCD_ENV_IMAGE          of the Application: image of a commit that it is held at; absent: CI's file says what runs
#   ROLE_PREFIX, ROLE_SUFFIX  what is around the project's name in the name of its role in Vault
#   VAULT_PLUGIN              program argocd-vault-plugin
#   VAULT_ADDR, AVP_K8S_MOUNT_PATH, AVP_K8S_TOKEN_PATH
#                             Vault, path of its auth method, and file with the token by which the plugin logs in
#
# No other variable counts, whatever an Application sets: their names start with ARGOCD_ENV_ or PARAM_.
set -euf
umask 077
export LC_ALL=C

newline='
'

refuse() {
  echo "vault-plugin: $1" >&2
  exit 1
}

is_hex() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ "${#1}" -eq "$2" ]
}

# Lower-case letters, digits and single hyphens, as model/names.ts has them.
check_project() {
  project=${ARGOCD_APP_PROJECT_NAME-}
  case $project in
  '' | *[!a-z0-9-]* | [!a-z]* | *- | *--*) refuse "ARGOCD_APP_PROJECT_NAME is no name of a project" ;;
  esac
  [ "${#project}" -le 63 ] || refuse "ARGOCD_APP_PROJECT_NAME is no name of a project"
}

# The image must be the project's own, by the tag of a commit.
check_image() {
  name=${1%:*}
  case $name in *[!A-Za-z0-9.:/_-]* | [!a-z0-9]*) refuse "ARGOCD_ENV_IMAGE is no name of an image" ;; esac
  case $name in ?*/"$project"/?*) ;; *) refuse "ARGOCD_ENV_IMAGE is no image of the project $project" ;; esac
  is_hex "${1##*:}" 40 || refuse "ARGOCD_ENV_IMAGE does not end with a commit of 40 hex digits"
}

# The environment of a render has words of an Application in it, and the plugin obeys some (ARGOCD_ENV_AVP_K8S_ROLE would
# change the role), so each program gets an environment of its own. Without HOME the plugin keeps no token of Vault: the
# render of the next project would be done with that one.
kustomize_alone() {
  env -i PATH="$PATH" HOME="$work" kustomize "$@"
}

plugin() {
  env -i PATH="$PATH" AVP_TYPE=vault AVP_AUTH_TYPE=k8s AVP_KV_VERSION=2 AVP_K8S_ROLE="$role" \
    AVP_K8S_MOUNT_PATH="$AVP_K8S_MOUNT_PATH" AVP_K8S_TOKEN_PATH="$AVP_K8S_TOKEN_PATH" \
    VAULT_ADDR="$VAULT_ADDR" VAULT_CLIENT_TIMEOUT=20s "$VAULT_PLUGIN" generate -
}

# Paths and keys out of what the plugin said, all else left out: its words may hold values.
named() {
  sed -n "s|$1.*|\\1|p" "$work/said" | sort -u | head -n 20 | tr '\n' ' ' | sed 's/ $//'
}

said() {
  grep -q -E -e "$1" "$work/said"
}

explain() {
  path='[A-Za-z0-9_./-]*'
  missing=$(named ".*missing Vault value for placeholder path:\\($path#[A-Za-z0-9_.-]*\\)")
  [ -z "$missing" ] || refuse "Vault has no value for $missing"
  empty=$(named ".*Could not find secrets at path \\($path\\)")
  [ -z "$empty" ] || refuse "Vault has nothing at $empty"
  deleted=$(named ".*for Vault path \\($path\\) is nil")
  [ -z "$deleted" ] || refuse "the secret at $deleted is deleted in Vault"
  asked=$(named "^URL: [A-Z]* [a-z]*://[^/]*/v1/\\($path\\)")
  status=$(named '^Code: \([0-9]*\)')
  case $status:$asked in
  503:*) refuse "Vault is sealed or starting" ;;
  40[03]:auth/*) refuse "Vault does not let the role $role in ($status); \`pulumi up\` of the projects stack makes it" ;;
  403:?*) refuse "the project $project may not read $asked in Vault (403)" ;;
  [0-9]*:?*) refuse "Vault answers $status for $asked" ;;
  esac
  ! said 'dial tcp|connection refused|deadline exceeded|no such host|EOF' || refuse "Vault does not answer"
  ! said 'base64encode: ' || refuse "a value in Vault is no text; enter it as text"
  refuse "argocd-vault-plugin failed, and its own words are left out, since they may hold values"
}

main() {
  check_project
  role=$ROLE_PREFIX$project$ROLE_SUFFIX
  [ -r "$AVP_K8S_TOKEN_PATH" ] || refuse "there is no token to log in to Vault with"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 143' HUP INT TERM
  if [ -n "${ARGOCD_ENV_IMAGE-}" ]; then
    check_image "$ARGOCD_ENV_IMAGE"
    kustomize_alone edit set image "$ARGOCD_ENV_IMAGE" || refuse "kustomize cannot set the image"
  fi
  rendered=$(kustomize_alone build .) || refuse "kustomize cannot render the folder"
  case $newline$rendered in
  *"${newline}kind: "*) ;;
  *) refuse "kustomize renders no object, and nothing would be left of the application" ;;
  esac
  result=$(printf '%s\n' "$rendered" | plugin 2>"$work/said") || explain
  case $result in *'<path:'*) refuse "argocd-vault-plugin left a placeholder in place" ;; esac
  case $newline$result in
  *"${newline}kind: "*) ;;
  *) refuse "argocd-vault-plugin gave no object back" ;;
  esac
  printf '%s\n' "$result"
}

main
