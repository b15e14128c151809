import { z } from "zod";
import { repositoryModes } from "../model/application";
import { builders, releaseModes, scanModes, severities } from "../model/build";
import { databaseTypes } from "../model/project";

const names = z.array(z.string());

const scan = z.strictObject({
  mode: z.enum(scanModes).exclude(["off"]),
  severity: z.enum(severities).describe("the least one that counts"),
});

const build = z.strictObject({
  builder: z.enum(builders),
  paths: names.describe("of which one must change for a push to be built; empty: any"),
  platforms: names.describe("empty: that of the node"),
  test: z.boolean().describe("whether something is tested before"),
  scan: scan.nullable().describe("null: nobody looks for known vulnerabilities"),
  sign: z.boolean().describe("whether the image is signed"),
});

const application = z.strictObject({
  name: z.string(),
  repository: z.string(),
  branch: z.string(),
  pin: z.string().nullable().describe("the commit that it is held at; null: CI decides"),
  image: z.string(),
  port: z.int(),
  addresses: names,
  build,
  release: z.enum(releaseModes).describe("how a new image gets to run"),
});

const database = z.strictObject({
  name: z.string(),
  type: z.enum(databaseTypes),
  version: z.string(),
  image: z.string(),
  host: z.string(),
  port: z.int(),
  size: z.string(),
});

const repository = z.strictObject({
  name: z.string().describe("owner and repository on GitHub, such as `myorg/my-api`"),
  mode: z.enum(repositoryModes).describe("what is done with it: it is used as it is, adopted or created"),
  webhook: z.string().nullable().describe("address that GitHub calls for every push; null: none"),
});

const vaultSecret = z.strictObject({
  mount: z.string().describe("path of the secrets engine"),
  path: z.string().describe("below the mount"),
  keys: names,
  writer: z.enum(["pulumi", "person"]).describe("who writes the values: this program, or a person in Vault"),
});

const environmentOf = z.strictObject({
  project: z.string().describe("the project whose file it stands in"),
  name: z.string().describe("name of the environment, such as `develop`"),
});

/** A project in the words of its file, as a part of `planDocument`. */
export const projectDocument = z.strictObject({
  name: z.string(),
  environmentOf: environmentOf.optional().describe("of what it is an environment; absent: it has a file of its own"),
  component: z.string().describe("name of its component in the same stack"),
  applications: z.array(application),
  databases: z.array(database),
  secrets: names.describe("Kubernetes Secrets that are generated for it, by name"),
  namespaces: names.describe("that of its pods, then that of its builds"),
  repositories: z.array(repository),
  vaultSecrets: z.array(vaultSecret).describe("what it has in Vault; names only, never a value"),
});

export type ProjectDocument = z.infer<typeof projectDocument>;
