import { z } from "zod";
import { environmentName, environmentValue, rotationNumber } from "./application-scalars";
import { gitBranch, gitCommit } from "./git-scalars";
import { nameText, serviceNameText } from "./project-scalars";
import { hostName } from "./scalars";

/**
 * Each gives its repository one more webhook, beside that of the application itself. Source: GitHub's refusal, `The "push"
 * event cannot have more than 20 hooks`.
 */
const mostEnvironments = 19;

const environment = z
  .strictObject({
    name: nameText.describe("name of the environment, the same in every application that runs in it"),
    branch: gitBranch.describe("branch whose pushes are built for it"),
    hash: gitCommit.nullable().prefault(null).describe("commit that it is held at, 40 hex digits; empty: CI decides"),
    domains: z.array(hostName).default([]).describe("hosts that lead to it; none: it is reached inside the cluster"),
    databases: z
      .array(serviceNameText)
      .optional()
      .describe(
        "databases of the project that it has, each a new one of its own; absent: those that the application uses",
      ),
    replicas: z.int().min(1).max(10).default(1).describe("pods that run at a time"),
    env: z
      .record(environmentName, environmentValue)
      .default({})
      .describe("plain variables that the application has not, or that differ from its own"),
    rotation: rotationNumber
      .optional()
      .describe("raise it for new values of its own `generated` secrets; absent: that of the application"),
  })
  .describe("one more place where the application runs, such as `develop`: what differs from the application itself");

export const environments = z
  .array(environment)
  .max(mostEnvironments, `use at most ${mostEnvironments}: GitHub allows a repository 20 webhooks for pushes`)
  .default([])
  .describe("the same application again, from other branches: each in a namespace of its own");

export type ApplicationEnvironment = z.infer<typeof environment>;
