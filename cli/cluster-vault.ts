import type { ClusterFiles } from "../inputs/cluster-files";
import type { RawConfig } from "../inputs/raw-config";
import { checkSettings, type StackSettings } from "../inputs/settings";
import { parseStackFile, stackFileName } from "../inputs/stack-file";
import type { RoleName } from "../model/roles";
import type { VaultServerSettings } from "../model/vault-server-settings";
import { planPlatformOutputs } from "../plan/platform/platform-outputs";
import { ProblemList } from "./problem-list";
import { UsageError } from "./usage-error";

/** The Vault of a cluster, as the stack files have it. */
export interface ClusterVault {
  /** Name of the platform stack. */
  readonly platform: string;
  /** Name of the vault stack; the usual one where there is none yet. */
  readonly vaultStack: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  readonly address: string;
  /** Whether the cluster's own authority signs its certificate. */
  readonly labAuthority: boolean;
  readonly server: VaultServerSettings;
}

/**
 * The Vault of the platform that is asked for, or of the only one. Files of other stacks may have problems: whoever comes
 * to mend Vault is not to be stopped by them.
 */
export function clusterVault(files: ClusterFiles, asked: string | undefined): ClusterVault {
  const problems = new ProblemList(files.problems);
  const raws = files.stackFiles.flatMap((file) => problems.collect(() => [parseStackFile(file)]) ?? []);
  const raw = chosen(ofRole(raws, "platform"), asked);
  if (raw === undefined) {
    problems.throwIfAny();
    throw new UsageError(absence(asked));
  }
  const platform = checked(raw, "platform");
  const ofPlatform = ofRole(raws, "vault").find(({ values }) => values.get("idp:platform")?.value === raw.stack);
  const vault = ofPlatform && checked(ofPlatform, "vault");
  const usual = planPlatformOutputs(platform.settings);
  return {
    platform: platform.stack,
    vaultStack: vault?.stack ?? `${platform.stack}-vault`,
    context: platform.settings.kubernetes.context,
    address:
      vault === undefined || vault.settings.vaultAddress === "" ? usual.vault.address : vault.settings.vaultAddress,
    labAuthority: usual.labAuthority,
    server: platform.settings.vault,
  };
}

function ofRole(raws: readonly RawConfig[], role: RoleName): readonly RawConfig[] {
  return raws.filter(({ values }) => values.get("idp:role")?.value === role);
}

function chosen(platforms: readonly RawConfig[], asked: string | undefined): RawConfig | undefined {
  if (asked !== undefined) return platforms.find(({ stack }) => stack === asked);
  if (platforms.length < 2) return platforms[0];
  const names = platforms.map(({ stack }) => stack).join(", ");
  throw new UsageError(`there are several platform stacks (${names}); say which one with \`--platform NAME\``);
}

function absence(asked: string | undefined): string {
  return asked === undefined
    ? "there is no file of a platform stack here; run this where your Pulumi.<stack>.yaml files are"
    : `${stackFileName(asked)} is not here, or its stack has another role; name a platform stack`;
}

/** Its role was seen before, so that of the checked settings is no other. */
function checked<Role extends RoleName>(raw: RawConfig, role: Role): Extract<StackSettings, { readonly role: Role }> {
  const settings = checkSettings(raw);
  if (!isOf(settings, role)) throw new Error(`${raw.file} has changed its role`);
  return settings;
}

function isOf<Role extends RoleName>(
  settings: StackSettings,
  role: Role,
): settings is Extract<StackSettings, { readonly role: Role }> {
  return settings.role === role;
}
