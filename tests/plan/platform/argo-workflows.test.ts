import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { planArgoWorkflows } from "../../../plan/platform/argo-workflows";
import { argoWorkflowsValues } from "../../../plan/platform/argo-workflows-values";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

function someArgs(changes: object = {}) {
  const facts = someFacts({ entryPoints: { internal: { http: "intweb", https: "intwebsec" } }, ...changes });
  return { facts, host: "workflows.lab.example", parallelism: 3, keepHours: { succeeded: 2, failed: 48 } };
}

/** `v4.0.6` as numbers. */
function versionParts(version: string): readonly number[] {
  return version.replace(/^v/, "").split(".").map(Number);
}

function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [versionParts(version), versionParts(floor)];
  const differing = b.findIndex((part, index) => a[index] !== part);
  return differing < 0 || (a[differing] ?? 0) > (b[differing] ?? 0);
}

describe("plan of Argo Workflows", () => {
  const plan = planArgoWorkflows(someArgs());
  const values = argoWorkflowsValues(someArgs());

  it("T08: only referenced templates run, on a version without the known ways around it", () => {
    assert.deepEqual(at(values, "controller", "workflowRestrictions"), { templateReferencing: "Strict" });
    const { appVersion, floor } = charts["argo-workflows"];
    assert.ok(isAtLeast(appVersion, floor.appVersion), `${appVersion} is older than ${floor.appVersion}`);
    assert.ok(isAtLeast(floor.appVersion, "v4.0.6"));
  });

  it("T09: no server auth mode anywhere in the values", () => {
    assert.deepEqual(at(values, "server", "authModes"), ["client"]);
    assert.equal(at(values, "server", "authMode"), undefined);
    assert.doesNotMatch(JSON.stringify(values), /auth-mode|"extraArgs"|"authModes?":\s*\[?"server/);
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const [namespace, ...others] = manifestsOf(plan, "Namespace");
    assert.equal(others.length, 0);
    assert.equal(at(namespace, "metadata", "name"), "argo-workflows");
    assert.equal(at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce"), "restricted");
    const version = at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce-version");
    assert.match(String(version), /^v1\.\d+$/);
  });

  it("T14: every container has requests and a memory limit, in every profile", () => {
    for (const profile of ["nano", "small", "full"]) {
      const inProfile = argoWorkflowsValues(someArgs({ profile }));
      for (const part of ["controller", "server", "executor", "mainContainer"]) {
        const resources = at(inProfile, part, "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/, `${part} in ${profile}`);
        assert.match(String(at(resources, "requests", "memory")), /^\d+Mi$/, `${part} in ${profile}`);
        assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/, `${part} in ${profile}`);
      }
    }
    assert.deepEqual(
      plan.workloads.map((pod) => pod.name),
      ["argo-workflows-controller", "argo-workflows-server"],
    );
  });

  it("T35: planned twice is the same", () => {
    assert.deepEqual(planArgoWorkflows(someArgs()), plan);
  });

  it("T37: the user interface listens on the internal entry points only", () => {
    const listening = manifestsOf(plan, "IngressRoute").map((route) => at(route, "spec", "entryPoints"));
    assert.deepEqual(listening, [["intweb"], ["intwebsec"]]);
    const https = plannedManifest(plan, "argo-workflows-route-https").manifest;
    assert.deepEqual(at(https, "spec", "routes", 0, "services"), [{ name: "argo-workflows-server", port: 2746 }]);
    assert.deepEqual(plan.addresses, ["https://workflows.lab.example"]);
  });

  it("T41: certificates come after cert-manager, where there is one", () => {
    assert.deepEqual(plan.dependsOn, ["cert-manager"]);
    assert.deepEqual(planArgoWorkflows(someArgs({ tls: { mode: "traefik" } })).dependsOn, []);
  });

  it("T43: the chart is exactly the catalog's", () => {
    const { repository, chart, version } = charts["argo-workflows"];
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("gives the server no Secret and nothing to write", () => {
    assert.deepEqual(at(values, "server", "rbac"), { create: false });
    const granted = [...manifestsOf(plan, "ClusterRole"), ...manifestsOf(plan, "Role")].map(({ rules }) => rules);
    assert.equal(granted.length, 2);
    assert.doesNotMatch(JSON.stringify(granted), /secrets|"\*"|create|update|patch|delete/);
    const release = releaseOf(plan);
    for (const role of ["settings-role", "settings-binding", "view-role", "view-binding"]) {
      assert.ok(release.dependsOn?.includes(`argo-workflows-server-${role}`), role);
    }
  });

  it("keeps failed workflows and their logs for the hours that were asked for", () => {
    const defaults = at(values, "controller", "workflowDefaults", "spec");
    assert.deepEqual(at(defaults, "ttlStrategy"), {
      secondsAfterSuccess: 7200,
      secondsAfterFailure: 172800,
      secondsAfterCompletion: 172800,
    });
    assert.equal(at(defaults, "podGC", "strategy"), "OnWorkflowSuccess");
  });

  it("lets reports and sweeps run beside as many builds as there may be, and yet not without end", () => {
    assert.equal(at(values, "controller", "parallelism"), 3 + 100);
  });

  it("runs the executor of the controller's version, never as root", () => {
    const { appVersion } = charts["argo-workflows"];
    assert.equal(at(values, "executor", "image", "tag"), `${appVersion}-nonroot`);
    assert.equal(at(values, "executor", "securityContext", "runAsNonRoot"), true);
    const newer = argoWorkflowsValues(someArgs({ charts: { "argo-workflows": { version: "9.9.9" } } }));
    assert.equal(at(newer, "executor", "image", "tag"), "", "the chart knows the tag of another version");
    assert.equal(at(newer, "executor", "securityContext", "runAsUser"), 8737);
  });

  it("pulls every image through the mirror, and definitions from nowhere", () => {
    const mirrored = argoWorkflowsValues(someArgs({ imageRegistry: "mirror.lab.example/proxy" }));
    for (const part of ["controller", "server", "executor"]) {
      assert.equal(at(mirrored, part, "image", "registry"), "mirror.lab.example/proxy/quay.io");
      assert.equal(at(values, part, "image", "registry"), "quay.io");
    }
    assert.equal(at(values, "crds", "full"), false);
  });
});
