import { z } from "zod";
import { hostName } from "./scalars";

/** Types that a database can have. */
export const databaseTypes = ["mysql", "postgres", "redis", "mongodb"] as const;
export type DatabaseType = (typeof databaseTypes)[number];

const git = z.strictObject({
  type: z.literal("github"),
  owner: z.string(),
  repo: z.string(),
  branch: z.string().default("main"),
  hash: z.string().nullable().default(null),
});

const application = z.strictObject({
  name: z.string(),
  git,
  port: z.int().min(1).max(65535),
  domains: z.array(hostName).default([]),
});

const database = z.strictObject({
  name: z.string(),
  type: z.enum(databaseTypes),
  version: z.string(),
  port: z.int().min(1).max(65535).optional(),
  size: z.string(),
});

/** One file of `projects/`. */
export const projectFile = z.strictObject({
  applications: z.array(application).default([]),
  databases: z.array(database).default([]),
});

export type Application = z.infer<typeof application>;
export type Database = z.infer<typeof database>;
export type Project = z.infer<typeof projectFile> & { readonly name: string };
