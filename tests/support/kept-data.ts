import assert from "node:assert/strict";
import { withEnvironments } from "../../model/environments";
import type { Problem } from "../../model/input-error";
import { type KeptData, noKeptData } from "../../model/kept-data";
import { departure, type Files, heldData, nextKeptData } from "../../plan/kept-data";
import { keptDataProblems } from "../../plan/kept-data-report";
import { planProject } from "../../plan/projects/project";
import type { ProjectPlan } from "../../plan/projects/project-plan";
import type { ClusterPlan } from "../../plan/stack-plan";
import { aCluster, aProjectsStack } from "./plans";
import { someCluster, someProject } from "./some-project";

export const mysql = { name: "mysql", type: "mysql", version: "8.0", size: "5Gi" };
export const redis = { name: "redis", type: "redis", version: "7.0", size: "1Gi" };
const application = {
  name: "api",
  git: { type: "github", owner: "myorg", repo: "my-api" },
  port: 80,
  repository: { mode: "create" },
  secrets: { SESSION_KEY: "generated", MAIL_PASSWORD: "entered" },
};
export const shop = { applications: [application], databases: [mysql, redis] };
export const plain = { ...application, repository: {}, secrets: {} };

/** Name and content of a project file. */
export interface Project {
  readonly name: string;
  readonly content: object;
}

/** The plans of these projects, each before its environments. */
function plansOf(projects: readonly Project[]): readonly ProjectPlan[] {
  return projects
    .flatMap(({ name, content }) => withEnvironments(someProject(content, name)))
    .map((project) => planProject(project, someCluster));
}

/** What the files of these projects hold. */
export function filesOf(projects: readonly Project[], giveUp: readonly string[] = []): Files {
  const plans = plansOf(projects);
  return { held: heldData(plans), projects: plans, giveUp };
}

/** A cluster whose only stack has these projects. */
export function clusterHolding(projects: readonly Project[], giveUp: readonly string[] = []): ClusterPlan {
  const plans = plansOf(projects);
  return aCluster({ ...aProjectsStack(...plans), giveUp });
}

/** One run of the stack after another one. */
export function nextRun(before: KeptData, projects: readonly Project[], giveUp: readonly string[] = []) {
  const files = filesOf(projects, giveUp);
  const leaving = departure(before, files);
  const places = { stack: "homelab-projects", stackFile: "Pulumi.homelab-projects.yaml", folder: "projects" };
  return { problems: keptDataProblems(leaving, files, places), next: nextKeptData(files, leaving) };
}

export function firstRun(...projects: readonly Project[]): KeptData {
  const { problems, next } = nextRun(noKeptData, projects);
  assert.deepEqual(problems, []);
  return next;
}

/** Without what to do. */
export function lines(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ file, path = "", problem }) => `${file}: ${path}: ${problem}`);
}

/** After the first run of these two projects. */
export const recorded = firstRun({ name: "blog", content: {} }, { name: "shop", content: shop });
export const blog = { name: "blog", content: {} };
