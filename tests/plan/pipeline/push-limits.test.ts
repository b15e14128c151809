import assert from "node:assert/strict";
import { InputError } from "../../../model/input-error";
import type { Project } from "../../../model/project";
import { eventSourceSpec } from "../../../plan/pipeline/push-event-source";
import { planPushEvents } from "../../../plan/pipeline/push-events";
import { eventSourceBytes, longestVariable, sensorBytes } from "../../../plan/pipeline/push-limits";
import { pushRuleFiles } from "../../../plan/pipeline/push-rules";
import { sensorSpec } from "../../../plan/pipeline/push-sensor";
import { someCluster, someProject } from "../../support/some-project";

interface Many {
  readonly count: number;
  /** Characters of a project's name and of an application's, which is that of its repository. */
  readonly length?: number;
  readonly owner?: string;
  readonly paths?: readonly string[];
}

/** Projects of one application each, with a repository of its own. */
function manyProjects({ count, length = 15, owner = "my-company", paths = [] }: Many): readonly Project[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `p${index}-`.padEnd(length, "x");
    const git = { type: "github", owner, repo: name };
    return someProject({ applications: [{ name, git, port: 80, build: { paths } }] }, name);
  });
}

/** One project whose applications have one repository. */
function oneRepository(count: number): readonly Project[] {
  const git = { type: "github", owner: "my-company", repo: "everything" };
  const names = Array.from({ length: count }, (_, index) => `a${index}-`.padEnd(15, "x"));
  return [someProject({ applications: names.map((name) => ({ name, git, port: 80 })) })];
}

function sizesOf(projects: readonly Project[]): readonly [eventSource: number, sensor: number] {
  const [eventSource, sensor] = [eventSourceSpec(projects), sensorSpec(projects)];
  return [eventSourceBytes({ eventSource }), sensorBytes({ sensor })];
}

function refusal(projects: readonly Project[]): string {
  const { problems = [] } = planPushEvents({ projects, cluster: someCluster });
  return problems.length === 0 ? "" : new InputError(problems).message;
}

describe("size of the event source and the Sensor", () => {
  it("leaves room for 300 applications, with a repository each or with one for all", () => {
    for (const projects of [manyProjects({ count: 300 }), oneRepository(300)]) {
      assert.equal(refusal(projects), "");
      assert.ok(JSON.stringify(sensorSpec(projects)).length < 90_000);
      assert.ok(JSON.stringify(eventSourceSpec(projects)).length < 90_000);
      for (const bytes of sizesOf(projects)) assert.ok(bytes < 0.95 * longestVariable, `${bytes}`);
    }
  });

  it("of the Sensor does not depend on names", () => {
    const sizes = [15, 30].map((length) => sizesOf(manyProjects({ count: 10, length }))[1]);
    assert.equal(sizes[0], sizes[1]);
  });

  it("is that of what Argo Events hands to the pods, and a little more", () => {
    // As the real code marshals them: argo-events v1.9.10, objects named `push` in `argo-events`.
    const [eventSource, sensor] = sizesOf(manyProjects({ count: 300, length: 30 }));
    assert.ok(sensor - 115_631 >= 0 && sensor - 115_631 < 400, `${sensor}`);
    assert.ok(eventSource > longestVariable);
  });

  it("is refused where Linux would not start the pods, in one sentence", () => {
    assert.match(
      refusal(manyProjects({ count: 300, length: 30 })),
      /^1 problem in the input; nothing was changed:\n {2}all project files: 300 repositories are too many for the one event source of a cluster: its pod gets them in one variable of 14\d{4} bytes, and Linux hands over at most 131072; move projects to another cluster, or give them and their repositories shorter names$/,
    );
    assert.match(
      refusal(oneRepository(360)),
      /all project files: 360 applications are too many for the one Sensor of a cluster: .* of 13\d{4} bytes/,
    );
  });

  it("is a warning of the plan, which shows what there would be", () => {
    const { resources, warnings } = planPushEvents({ projects: oneRepository(360), cluster: someCluster });
    assert.ok(resources.length > 0);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /^`pulumi up` would stop: 360 applications are too many for the one Sensor .*; move /,
    );
    assert.deepEqual(planPushEvents({ projects: oneRepository(300), cluster: someCluster }).warnings, []);
  });

  it("is refused where a ConfigMap would not hold the rules", () => {
    const paths = Array.from({ length: 60 }, (_, index) => `${"x".repeat(200)}/${index}/`);
    const projects = manyProjects({ count: 100, paths });
    assert.ok(Object.keys(pushRuleFiles(projects)).length === 101);
    assert.match(
      refusal(projects),
      /all project files: what the Sensor goes by takes 1\d{6} bytes, and a ConfigMap holds at most 1048576; name folders/,
    );
  });
});
