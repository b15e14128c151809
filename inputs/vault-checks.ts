import { setCommand, setSecretCommand } from "../model/config-commands";
import type { Problem } from "../model/input-error";
import { platformSettings, type PlatformSecretKey, type PlatformSettings } from "../model/platform-settings";
import { positionOf } from "./config-keys";
import type { RawConfig } from "./raw-config";
import { unused, unusedSecret } from "./unused-settings";

/** What of the settings of Vault and of its backups does not fit together. */
export function vaultProblems(
  raw: RawConfig,
  settings: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  return [
    ...shareProblems(raw, settings),
    ...(settings.vault.unseal.mode === "transit" ? transitProblems : strayTransit)(raw, settings, secrets),
    ...(settings.vault.backup.schedule === "" ? strayBackups : storeProblems)(raw, settings, secrets),
  ];
}

const defaults = {
  vault: platformSettings.shape.vault.parse(undefined),
  s3: platformSettings.shape.backups.parse(undefined).s3,
};

/** Vault's own rules. Source: vault vault/seal_config.go `Validate`, openbao vault/seal.go `baseValidate` */
function shareProblems(raw: RawConfig, { vault: { unseal } }: PlatformSettings): readonly Problem[] {
  const { shares, threshold } = unseal;
  const path = "idp:vault.unseal.threshold";
  const place = { ...positionOf(raw, ["idp:vault", "unseal", "threshold"]), path };
  if (threshold > shares) {
    const problem = `is ${threshold}, and there are ${shares} keys`;
    return [{ ...place, problem, remedy: "use at most as many as `idp:vault.unseal.shares`, or raise that" }];
  }
  if (shares > 1 && threshold < 2) {
    const problem = "is 1, and Vault asks for at least 2 of several keys";
    return [{ ...place, problem, remedy: "use 2 or more, or set `idp:vault.unseal.shares` to 1" }];
  }
  return [];
}

function transitProblems(
  raw: RawConfig,
  { vault: { unseal } }: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  const why = "is missing for the mode `transit`";
  return [
    ...(["address", "key"] as const)
      .filter((key) => unseal.transit[key] === "")
      .map((key) => missing(raw, ["idp:vault", "unseal", "transit", key], why)),
    ...(secrets.has("vaultTransitToken") ? [] : [missingSecret(raw, "vaultTransitToken", why)]),
  ];
}

function strayTransit(
  raw: RawConfig,
  { vault: { unseal } }: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  const { transit } = defaults.vault.unseal;
  const stray = (["address", "mount", "key"] as const).filter((key) => unseal.transit[key] !== transit[key]);
  return [
    ...stray.map((key) =>
      unused(
        raw,
        ["idp:vault", "unseal", "transit", key],
        "set `idp:vault.unseal.mode` to transit (docs/vault.md), or remove it",
      ),
    ),
    ...(secrets.has("vaultTransitToken")
      ? [unusedSecret(raw, "idp:vaultTransitToken", "idp:vault.unseal.mode", "transit (docs/vault.md)")]
      : []),
  ];
}

const storeSecrets = ["backupsAccessKey", "backupsSecretKey"] as const satisfies readonly PlatformSecretKey[];

/** A store needs all of its settings; where none is set there is no store. */
function storeProblems(
  raw: RawConfig,
  { backups: { s3 } }: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  const fields = (["endpoint", "bucket"] as const).filter((key) => s3[key] === "");
  const absent = storeSecrets.filter((key) => !secrets.has(key));
  if (fields.length === 2 && absent.length === 2) {
    const stray = s3.region !== defaults.s3.region;
    return stray
      ? [unused(raw, ["idp:backups", "s3", "region"], "set `idp:backups.s3.endpoint` and the rest, or remove it")]
      : [];
  }
  const why = "is missing, and other settings of the store for backups are there";
  return [
    ...fields.map((key) => missing(raw, ["idp:backups", "s3", key], why)),
    ...absent.map((key) => missingSecret(raw, key, why)),
  ];
}

/** Settings of backups that nobody makes, all that are set; their volume is there all the same. */
function strayBackups(
  raw: RawConfig,
  { vault: { backup }, backups: { s3 } }: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  const remedy = "set `idp:vault.backup.schedule`, or remove it";
  const isStray = backup.keep !== defaults.vault.backup.keep;
  const fields = (["endpoint", "bucket", "region"] as const).filter((key) => s3[key] !== defaults.s3[key]);
  return [
    ...(isStray ? [unused(raw, ["idp:vault", "backup", "keep"], remedy)] : []),
    ...fields.map((key) => unused(raw, ["idp:backups", "s3", key], remedy)),
    ...storeSecrets
      .filter((key) => secrets.has(key))
      .map((key) => unusedSecret(raw, `idp:${key}`, "idp:vault.backup.schedule", "when backups are made")),
  ];
}

function missing(raw: RawConfig, keys: readonly string[], problem: string): Problem {
  const path = keys.join(".");
  const remedy = `set it with ${setCommand({ stack: raw.stack, key: path })}`;
  return { ...positionOf(raw, keys), path, problem, remedy };
}

function missingSecret(raw: RawConfig, key: PlatformSecretKey, problem: string): Problem {
  const path = `idp:${key}`;
  const remedy = `set it with ${setSecretCommand({ stack: raw.stack, key: path })}`;
  return { ...positionOf(raw, [path]), path, problem, remedy };
}
