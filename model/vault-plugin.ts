import { labelLength, within } from "./name-limits";
import { vaultRoleName } from "./names";

/** What Argo CD calls the plugin, and an Application that is rendered by it. */
export const vaultPluginName = "vault-plugin";

/** Variable of an Application with the image that it is held at; the plugin's script has it as `ARGOCD_ENV_IMAGE`. */
export const vaultPluginImageVariable = "IMAGE";

interface Binary {
  readonly address: string;
  /** In hex. */
  readonly sha256: string;
}

/** Of a release of argocd-vault-plugin: by the name that Node has for the machine, which is not always that of Go. */
type Binaries = Readonly<Record<"x64" | "arm64", Binary>>;

/**
 * argocd-vault-plugin, of which nobody publishes an image. Both sums were found by building the tag from its source as
 * its makers do (Go 1.21.10, `-trimpath`, the build date that the binary prints): docs/adr/0022-a-plugin-beside-the-repo-server.md.
 * Source: https://github.com/argoproj-labs/argocd-vault-plugin/releases
 */
export const vaultPlugin: { readonly version: string; readonly binaries: Binaries } = {
  version: "1.18.1",
  binaries: {
    x64: {
      address:
        "https://github.com/argoproj-labs/argocd-vault-plugin/releases/download/v1.18.1/argocd-vault-plugin_1.18.1_linux_amd64",
      sha256: "9e8e301c0d4e01f050b4df1e47a4137eb0ba459944ed2c32b53ef1571eb93c40",
    },
    arm64: {
      address:
        "https://github.com/argoproj-labs/argocd-vault-plugin/releases/download/v1.18.1/argocd-vault-plugin_1.18.1_linux_arm64",
      sha256: "dd6e4d7db290c2f16aeb142941cd727e623b3faa25258c7743d9ddfac39db1c3",
    },
  },
};

/** Service account of Argo CD's repo-server, as which the plugin logs in to Vault. Source: argo-cd chart, templates/_helpers.tpl */
export const vaultPluginAccountName = "argocd-repo-server";

/**
 * What is around a project's name in the role as which the plugin reads what the project's files ask for. A dot is allowed in it,
 * and in no name of ours, so it is no other project's.
 */
export const vaultPluginRoleParts = { prefix: vaultRoleName(""), suffix: `.${vaultPluginName}` } as const;

export function vaultPluginRoleName(project: string): string {
  return `${vaultPluginRoleParts.prefix}${project}${vaultPluginRoleParts.suffix}`;
}

/**
 * Secret with an application's environment where the plugin fills it. It is another one than that of External Secrets, so
 * that a project may change from one to the other while its pods run; like that, each rotation has one of its own.
 */
export function vaultPluginSecretName(application: string, rotation: number): string {
  return within(labelLength, `${application}-vault-plugin${rotation === 0 ? "" : `-${rotation}`}`);
}
