import type { ChartName } from "../model/catalog";
import { setSecretCommand } from "../model/config-commands";
import type { Problem } from "../model/input-error";
import { platformHosts } from "../model/platform-hosts";
import { platformSettings, type PlatformSettings } from "../model/platform-settings";
import { hostName } from "../model/scalars";
import { positionOf } from "./config-keys";
import type { RawConfig } from "./raw-config";
import { unused, unusedSecret } from "./unused-settings";
import { vaultProblems } from "./vault-checks";

/** What one key alone cannot show. */
export function platformProblems(
  raw: RawConfig,
  settings: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  return [
    ...hostProblems(raw, settings),
    ...domainProblems(raw, settings),
    ...chartProblems(raw, settings),
    ...tokenProblems(raw, settings, secrets),
    ...unusedProblems(raw, settings),
    ...vaultProblems(raw, settings, secrets),
  ];
}

function hostProblems(raw: RawConfig, settings: PlatformSettings): readonly Problem[] {
  const hosts = Object.entries(platformHosts(settings));
  const named = settings.webhookHost === "" ? hosts : [...hosts, ["webhookHost", settings.webhookHost] as const];
  return named.flatMap(([name, host], index) => {
    const first = named.slice(0, index).find(([, other]) => other === host);
    if (!first) return [];
    return [
      {
        ...positionOf(raw, name === "webhookHost" ? ["idp:webhookHost"] : ["idp:hosts", name]),
        path: name === "webhookHost" ? "idp:webhookHost" : `idp:hosts.${name}`,
        problem: `${host} is the host of ${first[0]} already`,
        remedy: "give each its own host",
      },
    ];
  });
}

/** A domain may be a host name itself and leave no room for those below it. */
function domainProblems(raw: RawConfig, settings: PlatformSettings): readonly Problem[] {
  const tooLong = Object.entries(platformHosts(settings)).filter(([, host]) => !hostName.safeParse(host).success);
  const [name, host] = tooLong.sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  if (name === undefined || host === undefined) return [];
  const problem = `gives hosts of up to ${host.length} characters, such as that of ${name}`;
  const remedy = "use a domain so short that they have 253 at most, or set `idp:hosts`";
  return [{ ...positionOf(raw, ["idp:domain"]), path: "idp:domain", problem, remedy }];
}

/** Another source of a chart that nobody installs is a wrong name or a leftover. */
function chartProblems(raw: RawConfig, { charts, tls, vault, argoCd }: PlatformSettings): readonly Problem[] {
  const absent: readonly (readonly [chart: ChartName, remedy: string])[] = [
    vault.distribution === "vault"
      ? ["openbao", "set `idp:vault.distribution` to openbao, or remove it"]
      : ["vault", "set `idp:vault.distribution` to vault, or remove it"],
    ...(argoCd.imageUpdater
      ? []
      : [["argocd-image-updater", "set `idp:argoCd.imageUpdater` to true, or remove it"] as const]),
    ...(tls.mode === "traefik"
      ? [["cert-manager", "set `idp:tls.mode` to lab-ca or acme, or remove it"] as const]
      : []),
  ];
  return absent
    .filter(([chart]) => charts[chart] !== undefined)
    .map(([chart, remedy]) => ({
      ...positionOf(raw, ["idp:charts", chart]),
      path: `idp:charts.${chart}`,
      problem: "is set, but this chart is not installed",
      remedy,
    }));
}

/** Settings of something that is off. */
function unusedProblems(raw: RawConfig, { argoCd, harbor }: PlatformSettings): readonly Problem[] {
  const { infrastructure } = platformSettings.shape.argoCd.parse(undefined);
  const { storage } = platformSettings.shape.harbor.parse(undefined);
  const withRepository = "set `idp:argoCd.infrastructure.repository`, or remove it";
  const strayFields = (["revision", "path"] as const).filter(
    (key) => argoCd.infrastructure[key] !== infrastructure[key],
  );
  return [
    ...(argoCd.infrastructure.repository === ""
      ? strayFields.map((key) => unused(raw, ["idp:argoCd", "infrastructure", key], withRepository))
      : []),
    ...(!harbor.trivy && harbor.storage.trivy !== storage.trivy
      ? [unused(raw, ["idp:harbor", "storage", "trivy"], "set `idp:harbor.trivy` to true, or remove it")]
      : []),
  ];
}

function tokenProblems(
  raw: RawConfig,
  { tls, argoCd }: PlatformSettings,
  secrets: ReadonlySet<string>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const cloudflare = tls.mode === "acme" && tls.challenge.type === "cloudflare";
  if (cloudflare && !secrets.has("acmeDnsToken")) {
    const remedy = `set it with ${setSecretCommand({ stack: raw.stack, key: "idp:acmeDnsToken" })}`;
    problems.push({
      ...positionOf(raw, ["idp:tls", "challenge"]),
      path: "idp:acmeDnsToken",
      problem: "is missing for the challenge `cloudflare`",
      remedy,
    });
  }
  if (!cloudflare && secrets.has("acmeDnsToken")) {
    problems.push(unusedSecret(raw, "idp:acmeDnsToken", "idp:tls.challenge.type", "cloudflare"));
  }
  if (!argoCd.infrastructure.repository.startsWith("https://") && secrets.has("infrastructureToken")) {
    problems.push(
      unusedSecret(
        raw,
        "idp:infrastructureToken",
        "idp:argoCd.infrastructure.repository",
        "the https address that it reads",
      ),
    );
  }
  return problems;
}
