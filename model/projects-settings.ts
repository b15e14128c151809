import { z } from "zod";
import { repositoryModes } from "./application";
import { gitBranch, githubOwner, githubRepository } from "./git-scalars";
import { addressAdvice, givenUp, hasNoCredentials, stackName } from "./scalars";
import { vaultAddress } from "./vault-settings";

/** Stands for an owner on GitHub where a key that has one entry for each is shown. */
export const ownerPlaceholder = "OWNER";

const gitOps = z
  .strictObject({
    owner: githubOwner.describe("GitHub user or organisation that owns it"),
    repository: githubRepository.default("projects-gitops").describe("its name"),
    branch: gitBranch.default("main").describe("branch that Argo CD follows"),
    mode: z
      .enum(repositoryModes)
      .default("create")
      .describe(
        "`create`: it is made, private; `adopt`: it exists and is managed from now on; `use`: only keys and files",
      ),
    ruleset: z
      .boolean()
      .default(true)
      .describe(
        "whether the branch is closed against force pushes and deletion; with GitHub's free plan a private repository needs `false`",
      ),
  })
  .describe("the repository that says what runs in the cluster");

const apps = z
  .record(
    githubOwner.meta({ title: ownerPlaceholder }),
    z.strictObject({
      id: z.int().min(1).describe("number of the App"),
      installationId: z.int().min(1).describe("number of its installation at this owner"),
    }),
  )
  .default({})
  .describe("GitHub Apps instead of tokens, by owner; their keys are `idp:githubAppKeys`");

const github = z
  .strictObject({
    baseUrl: z
      .union([
        z.literal(""),
        z
          .url({ protocol: /^https?$/, error: "use an address such as `https://github.lab.example/`" })
          .refine(hasNoCredentials, addressAdvice),
      ])
      .default("")
      .describe("address of a GitHub Enterprise server; empty: github.com"),
    apps,
  })
  .prefault({})
  .describe("how GitHub is reached");

/** Folder of the project files where the configuration names none. */
export const defaultProjectsFolder = "projects";

/** The config keys of the `projects` role. */
export const projectsSettings = z.strictObject({
  platform: stackName.describe("name of the platform stack of the same cluster, such as `homelab`"),
  projects: z
    .string()
    .min(1)
    .default(defaultProjectsFolder)
    .describe("folder of the project files, from the root of the repository"),
  vaultAddress,
  gitOps,
  github,
  giveUp: z
    .array(givenUp)
    .default([])
    .describe("projects such as `shop`, and databases such as `shop/mysql`, whose data may leave the plan"),
});

/** Secret config keys of the `projects` role: one secret for each owner on GitHub, and what each is for. */
export const projectsSecretKeys = {
  githubTokens: "fine-grained tokens by owner: `pulumi config set --secret --path 'idp:githubTokens.myorg'`",
  githubAppKeys: "private keys of the GitHub Apps of `idp:github`, PEM, by owner",
} as const;

export type ProjectsSecretKey = keyof typeof projectsSecretKeys;

export type ProjectsSettings = z.infer<typeof projectsSettings>;
