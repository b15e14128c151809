import { z } from "zod";
import { databaseVersions } from "./database-engines";
import type { DatabaseType } from "./database-type";
import { githubOwner, githubRepository, gitBranch, gitCommit } from "./git-scalars";
import { port, serviceNameText, volumeSize } from "./project-scalars";
import { hostName } from "./scalars";

export { databaseTypes, type DatabaseType } from "./database-type";

const git = z
  .strictObject({
    type: z.literal("github").describe("where the repository is; GitHub is the only place"),
    owner: githubOwner,
    repo: githubRepository,
    branch: gitBranch.default("main").describe("branch whose pushes are built"),
    hash: gitCommit
      .nullable()
      .prefault(null)
      .describe("commit that the application is held at, 40 hex digits; empty: CI decides what runs"),
  })
  .describe("the repository that the application is built from");

const application = z
  .strictObject({
    name: serviceNameText.describe("name of the application, unique among the project's applications and databases"),
    git,
    port: port.describe("port that the application listens on"),
    domains: z
      .array(hostName)
      .default([])
      .describe("hosts that lead to the application, each in one place only; none: it is reached inside the cluster"),
  })
  .describe("a program that is built from a repository and runs in the cluster");

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

/** One file of `projects/`; its name is the project's. */
export const projectFile = z.strictObject({
  applications: z.array(application).prefault([]).describe("programs that are built from repositories"),
  databases: z.array(database).prefault([]).describe("databases that only this project reaches"),
});

export type Application = z.infer<typeof application>;
export type Database = z.infer<typeof database>;
export type Project = z.infer<typeof projectFile> & { readonly name: string };
