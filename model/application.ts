import { z } from "zod";
import { build, release } from "./build";
import { environments } from "./application-environment";
import {
  cpuAmount,
  environmentName,
  environmentValue,
  healthPath,
  memoryAmount,
  rotationNumber,
} from "./application-scalars";
import {
  gitBranch,
  gitCommit,
  githubOwner,
  githubRepository,
  repositoryDescription,
  templateName,
} from "./git-scalars";
import { port, serviceNameText } from "./project-scalars";
import { hostName } from "./scalars";

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

/** Who made the repository, and so what is Pulumi's to change about it. */
export const repositoryModes = ["use", "adopt", "create"] as const;

const repository = z
  .strictObject({
    mode: z
      .enum(repositoryModes)
      .default("use")
      .describe(
        "`use`: it exists and only gets a webhook and a key; `adopt`: it exists and is managed from now on; `create`: it is made",
      ),
    visibility: z
      .enum(["private", "internal", "public"])
      .default("private")
      .describe("who sees a repository that is made; an adopted one keeps its own"),
    description: repositoryDescription
      .default("")
      .describe("description on GitHub; an adopted repository keeps its own when it is empty"),
    template: templateName
      .nullable()
      .default(null)
      .describe("template repository that a new one starts from, such as `myorg/template`"),
    ruleset: z
      .boolean()
      .default(false)
      .describe("whether the branch is closed against force pushes and deletion, by a ruleset"),
  })
  .prefault({})
  .describe("what Pulumi does with the repository; applications of one repository say the same");

const resources = z
  .strictObject({
    cpu: cpuAmount.prefault("50m").describe("requested CPU of one pod"),
    memory: memoryAmount.prefault("128Mi").describe("requested memory of one pod"),
    memoryLimit: memoryAmount.prefault("256Mi").describe("memory that one pod is stopped at"),
  })
  .prefault({})
  .describe("what one pod asks for");

/** Where the value of a secret comes from. */
export const secretSources = ["generated", "entered"] as const;

export const application = z
  .strictObject({
    name: serviceNameText.describe("name of the application, unique among the project's applications and databases"),
    git,
    repository,
    port: port.describe("port that the application listens on"),
    domains: z
      .array(hostName)
      .default([])
      .describe("hosts that lead to the application, each in one place only; none: it is reached inside the cluster"),
    replicas: z.int().min(1).max(10).default(1).describe("pods that run at a time"),
    resources,
    health: z
      .strictObject({ path: healthPath.describe("path that answers with a status below 400 once it serves") })
      .optional()
      .describe("how it shows that it serves; absent: its port accepts connections"),
    user: z
      .int()
      .min(1)
      .max(65535)
      .optional()
      .describe("user id that it runs as, without any right of root; absent: the image's own user"),
    env: z
      .record(environmentName, environmentValue)
      .default({})
      .describe("plain variables; `$(NAME)` in one stands for a secret variable or one of a database"),
    secrets: z
      .record(environmentName, z.enum(secretSources))
      .default({})
      .describe("secret variables: `generated` once by Pulumi, or `entered` by a person in Vault"),
    rotation: rotationNumber
      .default(0)
      .describe(
        "raise it: the next `pulumi up` makes new values of all `generated` secrets, and then new pods read all secrets " +
          "afresh; passwords of databases, keys of webhooks and the registry's robot account stay",
      ),
    uses: z
      .array(serviceNameText)
      .default([])
      .describe("databases of the project that it reaches, with their credentials in its environment"),
    calls: z.array(serviceNameText).default([]).describe("applications of the project that it reaches"),
    internet: z.boolean().default(false).describe("whether it may open connections to the internet"),
    build,
    release,
    environments,
  })
  .describe("a program that is built from a repository and runs in the cluster");

export type Application = z.infer<typeof application>;
export type RepositorySettings = Application["repository"];
