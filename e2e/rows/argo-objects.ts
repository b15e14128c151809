import assert from "node:assert/strict";
import type { KubernetesManifest } from "../../plan/planned-resource";
import { ArgoSchemas, schemaObstacles } from "../support/argo-schemas";
import { calledApplications, pushCall, reportCall } from "../support/calls";
import { sayObstacles } from "../support/environment";
import { installedWorkflows } from "../support/installed-sensor";
import { plannedManifests } from "../support/planned";
import type { ProjectsRun } from "../support/projects-run";

/** Objects of Argo Events and Argo Workflows, held against the schemas that both publish; a field of another name is wrong too. */
export function argoObjectRows(current: () => ProjectsRun): void {
  describe("objects of Argo Events and Argo Workflows, their schemas", () => {
    let schemas: ArgoSchemas;

    before(function () {
      if (sayObstacles(schemaObstacles())) this.skip();
      schemas = new ArgoSchemas();
    });

    it("every object of the plan is as the schema of its kind says, the event bus of the platform too", () => {
      const manifests = plannedManifests(current().planned(current().names.platform)).map(({ manifest }) => manifest);
      const known = manifests.filter((manifest) => schemas.knows(manifest));
      assert.deepEqual(counted(known), {
        ClusterWorkflowTemplate: 2,
        CronWorkflow: 2,
        EventBus: 1,
        EventSource: 1,
        Sensor: 1,
        WorkflowTemplate: 5,
      });
      const others = manifests.filter(({ apiVersion }) => apiVersion.includes("argoproj.io"));
      assert.deepEqual(Object.keys(counted(others.filter((manifest) => !known.includes(manifest)))), [
        "AppProject",
        "ApplicationSet",
      ]);
      assert.deepEqual(known.flatMap(saidOf(schemas)), []);
    });

    it("every Workflow that the Sensor makes of a push or a report is as the schema says", () => {
      const workflows = calledApplications.flatMap((application) => [
        ...installedWorkflows(pushCall(application)),
        ...installedWorkflows(reportCall(application)),
      ]);
      assert.ok(workflows.length >= 2 * calledApplications.length);
      assert.deepEqual(
        workflows.flatMap((workflow) => schemas.problems(workflow, "Workflow")),
        [],
      );
    });

    it("a field of another name, of another type and one that is missing would each be found", () => {
      const spec = { replicas: "1", template: { serviceAcountName: "push" } };
      const broken = { apiVersion: "argoproj.io/v1alpha1", kind: "Sensor", metadata: { name: "push" }, spec };
      const found = schemas.problems(broken, "Sensor").join("\n");
      assert.match(found, /\/spec\/replicas must be integer/);
      assert.match(found, /\/spec\/template must NOT have additional properties .*serviceAcountName/);
      assert.match(found, /\/spec must have required property 'dependencies'/);
    });
  });
}

function saidOf(schemas: ArgoSchemas) {
  return (manifest: KubernetesManifest) =>
    schemas.problems(manifest, manifest.kind).map((said) => `${manifest.kind} ${manifest.metadata.name}: ${said}`);
}

function counted(manifests: readonly KubernetesManifest[]): Readonly<Record<string, number>> {
  const kinds = manifests.map(({ kind }) => kind).sort();
  return Object.fromEntries(kinds.map((kind) => [kind, kinds.filter((other) => other === kind).length]));
}
