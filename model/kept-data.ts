import { z } from "zod";
import type { EnvironmentOf } from "./project";

const part = {
  project: z.string(),
  /** Of which project it is an environment; absent: the project has a file of its own. */
  environmentOf: (
    z.strictObject({ project: z.string(), name: z.string() }) satisfies z.ZodType<EnvironmentOf>
  ).optional(),
};

/** Something that nobody can make again once it is lost. */
export const keptDatum = z.discriminatedUnion("kind", [
  z.strictObject({
    ...part,
    kind: z.literal("database"),
    name: z.string(),
    type: z.string(),
    version: z.string(),
    /** Size of its volume. */
    size: z.string(),
    /** What wrote the volume, such as `postgres 17`. */
    format: z.string().optional(),
    /** Newer software of any major version reads the volume. */
    upgradesItself: z.boolean(),
  }),
  z.strictObject({
    ...part,
    kind: z.literal("secret"),
    /** In Vault, below the project's folder, such as `applications/api`. */
    name: z.string(),
    /** One of the values of an application; absent: the secret as a whole. */
    key: z.string().optional(),
    /** Application that it is for, or `registry` or `github`. */
    of: z.string(),
  }),
  z.strictObject({
    ...part,
    kind: z.literal("repository"),
    /** Such as `myorg/my-api`. */
    name: z.string(),
    /** Applications that are built from it. */
    of: z.array(z.string()),
  }),
]);

/**
 * What the projects stack tells its own next run, under the output `keptData`: only so can it see what a person has taken
 * out of the files. It names data and holds none.
 */
export const keptData = z.strictObject({
  /** Raised when a reader of the old shape would misunderstand the new one. */
  version: z.literal(1),
  held: z.array(keptDatum),
  /** What has left and is still named in `idp:giveUp`, so that another run with the same configuration is no mistake. */
  givenUp: z.array(keptDatum),
});

export type KeptDatum = z.infer<typeof keptDatum>;
export type KeptData = z.infer<typeof keptData>;

/** Before the first run. */
export const noKeptData: KeptData = { version: 1, held: [], givenUp: [] };

/** Name of the projects stack's output. */
export const keptDataOutput = "keptData";
