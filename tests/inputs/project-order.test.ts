import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseProjects } from "../../inputs/project-files";
import type { Project } from "../../model/project";
import { pipelineComponentName } from "../../model/pipeline-names";
import { projectsSettings } from "../../model/projects-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { planProjectsStack } from "../../plan/projects/projects-stack";
import type { StackPlan } from "../../plan/stack-plan";
import { someSettings } from "../support/cluster";

const platform = planPlatformOutputs(someSettings({ webhookHost: "hooks.example.com" }));
const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });

const databases = fc.subarray([
  { name: "mysql", type: "mysql", version: "8.4", size: "1Gi" },
  { name: "main", type: "postgres", version: "17", size: "1Gi" },
  { name: "cache", type: "redis", version: "7.2", size: "1Gi" },
]);
const variables = fc.subarray(["ALPHA", "BETA", "GAMMA"]);

/** What a person may write for one application of a project that has these databases. */
function application(project: string, name: string, known: readonly string[]) {
  const of = (values: readonly string[], value: string) => Object.fromEntries(values.map((key) => [key, value]));
  const record = fc.record({
    port: fc.constantFrom(80, 8080),
    domains: fc.subarray([`${name}.${project}.example.com`, `www.${name}.${project}.example.com`]),
    replicas: fc.constantFrom(1, 2),
    plain: variables,
    generated: fc.subarray(["KEY_A", "KEY_B"]),
    entered: fc.subarray(["TOKEN_A", "TOKEN_B"]),
    uses: fc.subarray(known.slice(0, 1)),
    internet: fc.boolean(),
    repo: fc.constantFrom(`${project}-mono`, `${project}-${name}`),
  });
  return record.map(({ plain, generated, entered, repo, ...rest }) => ({
    name,
    git: { type: "github", owner: "myorg", repo, branch: "main" },
    env: of(plain, "value"),
    secrets: { ...of(generated, "generated"), ...of(entered, "entered") },
    ...rest,
  }));
}

function contentOf(project: string) {
  return databases.chain((chosen) => {
    const known = chosen.map(({ name }) => name);
    const applications = fc.tuple(application(project, "api", known), application(project, "web", known));
    return fc.record({ applications, databases: fc.constant(chosen) });
  });
}

interface File {
  readonly name: string;
  readonly content: unknown;
}

const files = fc
  .subarray(["a", "a-b", "b", "shop"], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => contentOf(name).map((content): File => ({ name, content })))));

/** Any order of the same items, decided by numbers. */
function shuffled<T>(items: readonly T[], numbers: readonly number[]): readonly T[] {
  return items
    .map((item, index) => ({ item, key: numbers[index % numbers.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The same data with the keys of every mapping in another order. */
function withKeysShuffled(value: unknown, numbers: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withKeysShuffled(item, numbers));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withKeysShuffled(item, numbers)] as const);
  return Object.fromEntries(shuffled(entries, numbers));
}

function projectsOf(written: readonly File[]): readonly Project[] {
  const options = { aliasDuplicateObjects: false };
  return parseProjects(
    written.map(({ name, content }) => ({
      file: `projects/${name}.yaml`,
      bytes: new TextEncoder().encode(stringify(content, options)),
    })),
  );
}

function planOf(written: readonly File[]): StackPlan {
  return planProjectsStack("homelab-projects", settings, { projects: projectsOf(written), platform });
}

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 7 });

describe("order of project files and of their keys", () => {
  it("T40: changes nothing of the plan, the files in the GitOps repository included", () => {
    fc.assert(
      fc.property(files, numbers, (written, order) => {
        const other = shuffled(written, order).map(({ name, content }) => ({
          name,
          content: withKeysShuffled(content, order),
        }));
        const [plan, again] = [planOf(written), planOf(other)];
        assert.deepEqual(again, plan);
        // Text that is made of a mapping would show its order, which a comparison of mappings does not.
        assert.equal(JSON.stringify(again), JSON.stringify(plan));
      }),
      { numRuns: 30 },
    );
  });
});

describe("a project that comes or goes", () => {
  it("changes no resource of another one, but what all of them share", () => {
    fc.assert(
      fc.property(files, fc.nat(), (written, choice) => {
        const gone = written[choice % written.length]?.name;
        const [all, rest] = [planOf(written), planOf(written.filter(({ name }) => name !== gone))];
        assert.equal(all.components.length, rest.components.length + 1);
        const own = ({ components }: StackPlan) => components.filter(({ name }) => name !== pipelineComponentName);
        assert.deepEqual(
          own(rest),
          own(all).filter(({ name }) => name !== gone),
        );
        assert.deepEqual(
          rest.projects,
          all.projects.filter(({ name }) => name !== gone),
        );
      }),
      { numRuns: 30 },
    );
  });
});
