import assert from "node:assert/strict";
import { planSweepTemplate } from "../../../plan/pipeline/sweep-template";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { manifestsOf, someCluster } from "../../support/some-project";

const spec = specOf(someCluster);
const step = at(spec, "templates", 0);
const heads = at(step, "initContainers", 0);
const pushes = at(step, "container");

describe("template of sweeps", () => {
  it("says all that a Workflow in a build namespace may not say for itself", () => {
    assert.equal(at(spec, "serviceAccountName"), "workflows");
    assert.equal(at(spec, "podPriorityClassName"), "builds");
    assert.equal(at(spec, "activeDeadlineSeconds"), 900);
    assert.equal(at(spec, "securityContext", "runAsNonRoot"), true);
    assert.equal(at(spec, "entrypoint"), at(step, "name"));
  });

  it("T31: lets the read keys be seen where git runs, and the keys of webhooks and registry where it does not", () => {
    const secrets = new Map(
      listOf(step, "volumes").flatMap((volume) => {
        const name = fieldOf(volume, "secret") === undefined ? undefined : at(volume, "secret", "secretName");
        return name === undefined ? [] : [[at(volume, "name"), name] as const];
      }),
    );
    const seenBy = (container: unknown) =>
      listOf(container, "volumeMounts").flatMap((mount) => secrets.get(at(mount, "name")) ?? []);
    assert.deepEqual(seenBy(heads), ["repository-keys"]);
    assert.deepEqual(seenBy(pushes), ["webhook-secrets", "registry"]);
  });

  it("hides the account's token from both, and shares nothing but what was found", () => {
    const mounts = [heads, pushes].map((container) =>
      listOf(container, "volumeMounts").map((mount): [unknown, unknown] => [at(mount, "name"), at(mount, "mountPath")]),
    );
    for (const ofOne of mounts)
      assert.ok(ofOne.some(([, path]) => path === "/var/run/secrets/kubernetes.io/serviceaccount"));
    const [one = [], other = []] = mounts.map((ofOne) => ofOne.map(([name]) => name));
    assert.deepEqual(
      one.filter((name) => other.includes(name)),
      ["no-token", "list", "found"],
    );
  });

  it("T14: asks for little and is stopped at more", () => {
    for (const container of [heads, pushes]) {
      assert.ok(at(container, "resources", "requests", "cpu"));
      assert.ok(at(container, "resources", "limits", "memory"));
      assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
    }
  });

  it("reaches the registry through its public name and the event source inside of the cluster", () => {
    const environment = new Map(listOf(pushes, "env").map((entry) => [at(entry, "name"), at(entry, "value")]));
    assert.equal(environment.get("REGISTRY_URL"), "https://harbor.lab.example");
    assert.match(
      String(environment.get("EVENT_SOURCE_URL")),
      /^http:\/\/[a-z-]+\.argo-events\.svc\.cluster\.local:12000$/,
    );
    assert.equal(environment.get("NODE_EXTRA_CA_CERTS"), undefined);
  });

  it("trusts the cluster's own authority where it signs", () => {
    const [container] = [at(specOf({ ...someCluster, labAuthority: true }), "templates", 0, "container")];
    const environment = new Map(listOf(container, "env").map((entry) => [at(entry, "name"), at(entry, "value")]));
    const file = String(environment.get("NODE_EXTRA_CA_CERTS"));
    const mounts = listOf(container, "volumeMounts").map((mount) => String(at(mount, "mountPath")));
    assert.ok(mounts.some((folder) => file.startsWith(`${folder}/`)));
  });

  it("has programs in which Argo finds nothing of its own", () => {
    for (const text of [programs.sweep, programs.sweepHeads]) assert.doesNotMatch(text, /\{\{/);
  });
});

function specOf(cluster: typeof someCluster): unknown {
  const [template] = manifestsOf(planSweepTemplate({ cluster, projects: [] }).resources, "ClusterWorkflowTemplate");
  return at(template, "manifest", "spec");
}

function listOf(value: unknown, field: string): readonly unknown[] {
  const found = at(value, field);
  return Array.isArray(found) ? found : assert.fail(`${field} is no list`);
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null && field in value ? at(value, field) : undefined;
}
