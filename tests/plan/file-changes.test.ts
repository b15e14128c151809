import assert from "node:assert/strict";
import { type Change, differencePlans } from "../../plan/difference";
import { contentChanges } from "../../plan/file-changes";
import type { PlannedGitHubFile } from "../../plan/planned-github";
import { planProject } from "../../plan/projects/project";
import { applicationOf } from "../support/some-repository";
import { someCluster, someProject } from "../support/some-project";
import { aCluster, aProjectsStack, clusterOf } from "../support/plans";

const head = "# Written by a program.\n---\n";
const service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  port: 8080\n";

function aFile(content: string, changes: Partial<PlannedGitHubFile> = {}): PlannedGitHubFile {
  return {
    kind: "github-file",
    name: "shop.api.application-file",
    ...{ owner: "myorg", repository: "projects-gitops", branch: "main", path: "apps/shop/api/application.yaml" },
    content,
    message: "describe shop/api",
    ...changes,
  };
}

describe("difference of a file on GitHub", () => {
  it("is told by object and field, not as two texts", () => {
    const planned = (port: number) => {
      const project = someProject({ applications: [{ ...applicationOf("api", "my-api"), port }] });
      return aCluster(aProjectsStack(planProject(project, someCluster)));
    };
    const file = differencePlans(planned(8080), planned(8081)).find(({ type }) => type === "github-file");
    assert.deepEqual(file?.fields, [
      { path: "Deployment api: spec.template.spec.containers.0.ports.0.containerPort", before: 8080, after: 8081 },
      { path: "Service api: spec.ports.0.port", before: 8080, after: 8081 },
    ]);
  });

  it("shows an object that is new or gone as a whole", () => {
    const route = { apiVersion: "v1", kind: "Route", metadata: { name: "a" } };
    const both = `${head}${service}---\n${JSON.stringify(route)}\n`;
    assert.deepEqual(contentChanges(`${head}${service}`, both), [{ path: "Route a", after: route }]);
    assert.deepEqual(contentChanges(both, `${head}${service}`), [{ path: "Route a", before: route }]);
  });

  const texts: readonly (readonly [title: string, before: string, after: string])[] = [
    ["only a comment differs", `${head}${service}`, `# Other.\n---\n${service}`],
    ["it is no YAML", "a: [", "a: ]"],
    ["it is a list", "- a\n", "- b\n"],
    ["its objects have no names", "kind: A\n", "kind: B\n"],
    ["two of its objects share a name", `${service}---\n${service}`, service],
  ];
  for (const [title, before, after] of texts) {
    it(`is told as text when ${title}`, () => {
      assert.deepEqual(contentChanges(before, after), [{ path: "content", before, after }]);
    });
  }

  it("is nothing for the same text", () => {
    assert.deepEqual(contentChanges("a: [", "a: ["), []);
  });

  it("tells its place beside its content", () => {
    const [change] = differencePlans(
      clusterOf(aFile(`${head}${service}`)),
      clusterOf(aFile(`${head}${service.replace("8080", "80")}`, { branch: "next" })),
    );
    assert.deepEqual(paths(change), ["branch", "Service api: spec.port"]);
  });
});

function paths(change: Change | undefined): readonly string[] {
  return (change?.fields ?? []).map(({ path }) => path);
}
