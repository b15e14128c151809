import { z } from "zod";
import { databaseVersions } from "./database-engines";
import type { DatabaseType } from "./database-type";
import { application } from "./application";
import { cpuAmount, memoryAmount } from "./application-scalars";
import { port, serviceNameText, volumeSize } from "./project-scalars";

export type { Application } from "./application";
export { databaseTypes, type DatabaseType } from "./database-type";

function databaseOf<T extends DatabaseType>(type: T) {
  const versions = databaseVersions[type];
  return z
    .strictObject({
      name: serviceNameText.describe("name of the database, unique among the project's applications and databases"),
      type: z.literal(type).describe("what the database runs"),
      version: z.enum(versions).describe(`version of ${type}, in quotes`),
      port: port.optional().describe(`port that the database listens on; absent: the usual one of ${type}`),
      size: volumeSize.describe("size of its volume, such as `5Gi`; a volume can grow, never shrink"),
    })
    .describe(`a ${type} database`);
}

const database = z.discriminatedUnion("type", [
  databaseOf("mysql"),
  databaseOf("postgres"),
  databaseOf("redis"),
  databaseOf("mongodb"),
]);

const quota = z
  .strictObject({
    cpu: cpuAmount.optional().describe("CPU that all pods may request; absent: half of the nodes' CPU"),
    memory: memoryAmount.optional().describe("memory that all pods may request; absent: half of the nodes' memory"),
    storage: volumeSize.prefault("100Gi").describe("sum of the sizes of all volumes"),
    pods: z.int().min(1).max(500).default(50).describe("pods at a time"),
  })
  .prefault({})
  .describe("what the project may take of the cluster at most");

/** Who puts what is in Vault into the Secrets of applications. */
export const secretSyncs = ["external-secrets", "vault-plugin"] as const;

/** One file of `projects/`; its name is the project's. */
export const projectFile = z.strictObject({
  applications: z.array(application).prefault([]).describe("programs that are built from repositories"),
  databases: z.array(database).prefault([]).describe("databases that only this project reaches"),
  quota,
  secretSync: z
    .enum(secretSyncs)
    .default("external-secrets")
    .describe(
      "how secrets of applications come from Vault: `external-secrets`, or `vault-plugin` for those who come from " +
        "argocd-vault-plugin (docs/vault-plugin.md)",
    ),
});

export type Database = z.infer<typeof database>;

/** Which environment of which project another project is. */
export interface EnvironmentOf {
  /** Name of the project whose file it stands in. */
  readonly project: string;
  /** Name of the environment, such as `develop`. */
  readonly name: string;
}

export type Project = z.infer<typeof projectFile> & {
  readonly name: string;
  /** Absent: the project has a file of its own. */
  readonly environmentOf?: EnvironmentOf;
};
