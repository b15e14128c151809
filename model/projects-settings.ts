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

const knownHostsLine = /^(#.*|[^\s#]\S* (ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,3}( .*)?)?$/;

/** Lines of `known_hosts`. Source: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT" */
const knownHostsText = z
  .string()
  .refine(
    (text) => text.split("\n").every((line) => knownHostsLine.test(line)),
    "use lines such as `github.lab.example ssh-ed25519 AAAA...`, as `ssh-keyscan` prints them",
  );

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
    knownHosts: knownHostsText
      .default("")
      .describe("keys by which an Enterprise server proves itself to ssh, as `ssh-keyscan` prints them"),
    apps,
  })
  .prefault({})
  .describe("how GitHub is reached");

/** Minutes between two sweeps that fit into an hour or a day, so that cron can say them; 0 for none. */
export const sweepPeriods = [0, 15, 30, 60, 120, 240, 720, 1440] as const;

const builds = z
  .strictObject({
    sweepMinutes: z
      .literal(sweepPeriods)
      .default(60)
      .describe("minutes between two looks for commits never built: 15, 30, 60, 120, 240, 720 or 1440; 0: none"),
  })
  .prefault({})
  .describe("the builds of all projects");

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
  builds,
  giveUp: z
    .array(givenUp)
    .default([])
    .describe("projects such as `shop`, and databases such as `shop/mysql`, whose data may leave the plan"),
});

/** Secret config keys of the `projects` role: one secret for each owner on GitHub, and what each is for. */
export const projectsSecretKeys = {
  githubTokens: "fine-grained tokens by owner: `pulumi config set --secret --path 'idp:githubTokens.myorg'`",
  githubAppKeys: "private keys of the GitHub Apps of `idp:github`, PEM, by owner",
  githubStatusTokens:
    "fine-grained tokens by owner that write commit statuses and nothing else; without one GitHub shows no state of builds",
} as const;

export type ProjectsSecretKey = keyof typeof projectsSecretKeys;

/** Secret config keys of the `projects` role that are one text, and what each is for. */
export const projectsSecretTexts = {
  githubDispatchToken:
    "fine-grained token that reads and writes the contents of the GitOps repository and nothing else, for applications with `release.mode: dispatch`",
  chatWebhook:
    "address of a webhook that is told of releases and of builds that failed; it takes Slack's form, as Mattermost does, and Discord with `/slack` at the end",
} as const;

export type ProjectsSettings = z.infer<typeof projectsSettings>;
