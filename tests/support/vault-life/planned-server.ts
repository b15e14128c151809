import { z } from "zod";
import type { VaultServerSettings } from "../../../model/vault-server-settings";
import { vaultValues } from "../../../plan/platform/vault-values";
import { at } from "../at";
import { someVault } from "../some-vault";
import type { Distribution } from "./server-program";

const environment = z.array(z.object({ envName: z.string(), secretKey: z.string() })).default([]);

/** What a server is started with. */
export interface PlannedServer {
  /** Its configuration (HCL), as the plan has it. */
  readonly config: string;
  /** Names of the variables that are filled from Secrets, by the Secret's key. */
  readonly variables: Readonly<Record<string, string>>;
}

export function plannedServer(
  distribution: Distribution,
  unseal: Partial<VaultServerSettings["unseal"]> = {},
): PlannedServer {
  const values = vaultValues(someVault({ vault: { distribution, unseal } }));
  const config = String(at(values, "server", "ha", "raft", "config"));
  const given = environment.parse(at(values, "server", "extraSecretEnvironmentVars"));
  return {
    // Vault's chart adds it, since Vault does not start without a decision; OpenBao knows no such thing.
    config: distribution === "vault" ? `${config}disable_mlock = true\n` : config,
    variables: Object.fromEntries(given.map(({ secretKey, envName }) => [secretKey, envName])),
  };
}

/** What stands in the configuration of a pod, and what stands there on this machine. */
export interface Places {
  /** Address of the API, and of the cluster's own talk, such as `127.0.0.1:34567`. */
  readonly address: string;
  readonly clusterAddress: string;
  readonly data: string;
  readonly auditFile: string;
  readonly sealKey: string;
}

/** The configuration for a server of this machine. It fails when something of the pod would be left in it. */
export function onThisMachine(config: string, places: Places): string {
  const { address, clusterAddress, data, auditFile, sealKey } = places;
  const changes: readonly (readonly [planned: string | RegExp, here: string])[] = [
    [/(?<= address = ")\[::\]:8200(?=")/, address],
    [/(?<=cluster_address = ")\[::\]:8201(?=")/, clusterAddress],
    // One that is its own majority need not wait so long for the others.
    ['path = "/vault/data"', `path = "${data}"\n  performance_multiplier = 1`],
    // There is no API server here that would take the labels of a pod.
    ['service_registration "kubernetes" {}\n', ""],
    ["/vault/audit/audit.log", auditFile],
    ["file:///vault/seal/key", `file://${sealKey}`],
  ];
  const changed = changes.reduce((text, [planned, here]) => text.replace(planned, () => here), config);
  if (/\[::\]|"(file:\/\/)?\/vault\/|kubernetes/.test(changed)) throw new Error(`it is still of the pod:\n${changed}`);
  return changed;
}
