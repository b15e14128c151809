import fc from "fast-check";
import { stringify } from "yaml";
import { parseProjects } from "../../inputs/project-files";
import type { SourceFile } from "../../inputs/source-files";
import { projectsSettings } from "../../model/projects-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { planProjectsStack } from "../../plan/projects/projects-stack";
import type { StackPlan } from "../../plan/stack-plan";
import { someSettings } from "./cluster";

/** A project file whose applications name environments. */
export interface StagedFile {
  readonly name: string;
  readonly content: {
    readonly applications: readonly {
      readonly name: string;
      readonly environments: readonly { readonly name: string; readonly branch: string }[];
    }[];
    readonly databases: readonly object[];
  };
}

const databases = [
  { name: "main", type: "postgres", version: "17", size: "1Gi" },
  { name: "cache", type: "redis", version: "7.2", size: "1Gi" },
];
const names = databases.map(({ name }) => name);

/** Every host is of one place, so that only names can collide. */
function environment(host: string, name: string) {
  return fc.record(
    {
      name: fc.constant(name),
      branch: fc.constantFrom("main", "develop"),
      domains: fc.subarray([`${name}.${host}`]),
      databases: fc.subarray(names),
      replicas: fc.constantFrom(1, 2),
      env: fc.constantFrom({}, { LOG_LEVEL: "debug" }),
    },
    { requiredKeys: ["name", "branch"] },
  );
}

function application(project: string, name: string, choice: readonly string[]) {
  const host = `${name}.${project}.example.com`;
  return fc
    .record({
      uses: fc.subarray(names),
      chosen: fc.subarray([...choice]),
      repo: fc.constantFrom("mono", `${project}-${name}`),
    })
    .chain(({ chosen, uses, repo }) =>
      fc.tuple(...chosen.map((each) => environment(host, each))).map((environments) => ({
        ...{ name, port: 80, domains: [host], uses, calls: name === "api" ? ["web"] : [], environments },
        git: { type: "github", owner: "myorg", repo },
        env: { LOG_LEVEL: "info" },
        secrets: { SESSION_KEY: "generated", MAIL_PASSWORD: "entered" },
      })),
    );
}

/** Files of projects with these names, whose applications are in some of these environments. */
export function stagedFiles(
  projects: readonly string[],
  environments: readonly string[],
): fc.Arbitrary<readonly StagedFile[]> {
  return fc
    .subarray([...projects], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((name) =>
          fc
            .tuple(application(name, "api", environments), application(name, "web", environments))
            .map((applications): StagedFile => ({ name, content: { applications, databases } })),
        ),
      ),
    );
}

/** Name and content of any project file. */
interface WrittenFile {
  readonly name: string;
  readonly content: unknown;
}

export function sourcesOf(files: readonly WrittenFile[]): readonly SourceFile[] {
  return files.map(({ name, content }) => ({
    file: `projects/${name}.yaml`,
    bytes: new TextEncoder().encode(stringify(content, { aliasDuplicateObjects: false })),
  }));
}

/** The names of all projects that files would give, environments among them, each as often as it occurs. */
export function namesOf(files: readonly StagedFile[]): readonly string[] {
  return files.flatMap(({ name, content }) => {
    const environments = content.applications.flatMap((each) => each.environments.map((one) => one.name));
    return [name, ...[...new Set(environments)].map((environment) => `${name}-${environment}`)];
  });
}

const platform = planPlatformOutputs(someSettings({ webhookHost: "hooks.example.com" }));
const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });

/** The projects stack of files, checked and expanded. */
export function planOf(files: readonly WrittenFile[]): StackPlan {
  return planProjectsStack("homelab-projects", settings, { projects: parseProjects(sourcesOf(files)), platform });
}
