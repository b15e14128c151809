import assert from "node:assert/strict";
import fc from "fast-check";
import { workloadLength } from "../../../../model/name-limits";
import { namePattern } from "../../../../model/names";
import { sweepPeriods } from "../../../../model/projects-settings";
import { planSweep } from "../../../../plan/projects/builds/sweep";
import { sweepSchedule } from "../../../../plan/projects/builds/sweep-schedule";
import { at } from "../../../support/at";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const pin = "a".repeat(40);
const day = 24 * 60;

function application(name: string, given: { git?: object; build?: object } = {}) {
  const git = { type: "github", owner: "MyOrg", repo: "My-Mono", ...given.git };
  return { name, port: 8080, git, build: given.build ?? {} };
}

const project = someProject({
  applications: [
    application("web", { build: { paths: ["web/", "package.json"] } }),
    application("pinned", { git: { hash: pin } }),
    application("api", { git: { branch: "release/1.x" } }),
  ],
});
const { resources } = planSweep(project, someCluster);
const [schedule] = manifestsOf(resources, "CronWorkflow");
const [list] = manifestsOf(resources, "ConfigMap");

describe("plan of a project's sweep", () => {
  it("runs the template of the whole cluster once an hour, one at a time, and keeps little", () => {
    assert.deepEqual(at(schedule, "manifest", "metadata", "namespace"), "shop-build");
    assert.deepEqual(at(schedule, "manifest", "spec"), {
      schedules: [sweepSchedule("shop", 60)],
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 1,
      workflowMetadata: { labels: { "app.kubernetes.io/part-of": "shop" } },
      // All that `templateReferencing: Strict` lets a Workflow say for itself.
      workflowSpec: { workflowTemplateRef: { name: "sweep", clusterScope: true } },
    });
  });

  it("knows the applications whose commit CI decides, one a line", () => {
    const lines = String(at(list, "manifest", "data", "applications")).split("\n");
    const repository = ["myorg.my-mono", "ssh://git@github.com/MyOrg/My-Mono.git", "MyOrg/My-Mono"];
    assert.deepEqual(
      lines.map((line) => line.split("\t")),
      [
        ["api", ...repository, "/push/shop/myorg/my-mono", "shop/api", "release/1.x", ""],
        ["web", ...repository, "/push/shop/myorg/my-mono", "shop/web", "main", "web/ package.json"],
        [""],
      ],
    );
  });

  it("is not there when CI decides nothing, or nobody is to look", () => {
    const held = someProject({ applications: [application("pinned", { git: { hash: pin } })] });
    for (const plan of [planSweep(someProject(), someCluster), planSweep(held, someCluster)])
      assert.deepEqual(plan, { resources: [], warnings: [] });
    assert.deepEqual(planSweep(project, { ...someCluster, sweepMinutes: 0 }).resources, []);
  });

  it("has a name that leaves room for the time that the controller adds", () => {
    assert.ok(String(at(schedule, "manifest", "metadata", "name")).length <= workloadLength);
  });

  it("asks an Enterprise server by its own name", () => {
    const gitHub = { ...someCluster.gitHub, host: "github.lab.example" };
    const [own] = manifestsOf(planSweep(project, { ...someCluster, gitHub }).resources, "ConfigMap");
    assert.match(String(at(own, "manifest", "data", "applications")), /ssh:\/\/git@github\.lab\.example\/MyOrg/);
  });
});

describe("schedule of sweeps", () => {
  const periods = sweepPeriods.filter((minutes) => minutes > 0);

  it("comes round after exactly the minutes that are set, whatever the project", () => {
    fc.assert(
      fc.property(fc.stringMatching(namePattern), fc.constantFrom(...periods), (name, minutes) => {
        const times = timesOfDay(sweepSchedule(name, minutes));
        const next = [...times.slice(1), (times[0] ?? 0) + day];
        assert.deepEqual(
          times.map((time, index) => (next[index] ?? 0) - time),
          times.map(() => minutes),
        );
      }),
    );
  });

  it("has the form that the API server takes", () => {
    // Source: argo-workflows v4.0.6 pkg/apis/workflow/v1alpha1/cron_workflow_types.go
    const form = /^([A-Za-z0-9*,/?-]+\s+){4}[A-Za-z0-9*,/?-]+$/;
    for (const minutes of periods) assert.match(sweepSchedule("shop", minutes), form);
  });

  it("does not run all projects at once", () => {
    const names = Array.from({ length: 40 }, (_, index) => `project-${index}`);
    assert.ok(new Set(names.map((name) => sweepSchedule(name, 60))).size > 20);
  });
});

/** Minutes of a day on which a schedule with plain lists is due. */
function timesOfDay(text: string): readonly number[] {
  const [minutes = "", hours = "", ...rest] = text.split(" ");
  assert.deepEqual(rest, ["*", "*", "*"]);
  const numbers = (field: string, end: number) =>
    field === "*" ? Array.from({ length: end }, (_, index) => index) : field.split(",").map(Number);
  return numbers(hours, 24).flatMap((hour) => numbers(minutes, 60).map((minute) => hour * 60 + minute));
}
