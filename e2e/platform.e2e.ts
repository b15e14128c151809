import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { platformNamespaces } from "../model/platform-names";
import { platformOutputNames, platformOutputs } from "../model/platform-outputs";
import { formatBytes, formatCpu, quantity } from "../model/quantity";
import type { ComponentPlan } from "../plan/planned-resource";
import { canaries, platformConfiguration } from "./support/configuration";
import { currentContext, obstacles, sayObstacles } from "./support/environment";
import { helmRevisions } from "./support/helm-history";
import { exists, kubectl, listObjects } from "./support/kubectl";
import { setDefinitionsAside } from "./support/definitions";
import { isThere, plannedComponents, plannedManifests, plannedReleases } from "./support/planned";
import { placesOf } from "./support/leaks";
import { containersOf, platformPods, requestsOf } from "./support/pods";
import { handBackVolumes } from "./support/pretended-nodes";
import { removeUnservedWebhooks } from "./support/unserved-webhooks";
import { Workplace } from "./support/workplace";

const stackName = "e2e";

describe("role platform, real engine and real API server", function () {
  const missing = obstacles();
  let workplace: Workplace;
  let stack: Stack;
  let endWatch: () => void = () => undefined;
  let putDefinitionsBack: () => void = () => undefined;
  let plan: readonly ComponentPlan[];

  before(async function () {
    if (sayObstacles(missing)) this.skip();
    putDefinitionsBack = setDefinitionsAside();
    endWatch = removeUnservedWebhooks();
    workplace = new Workplace();
    stack = await workplace.stack(stackName, platformConfiguration());
    plan = plannedComponents(workplace, stackName);
  });

  after(async function () {
    if (missing.length > 0) return;
    await stack.destroy().catch(() => undefined);
    kubectl("delete", "namespace", "--ignore-not-found", "--wait=true", ...Object.values(platformNamespaces));
    putDefinitionsBack();
    handBackVolumes();
    endWatch();
    workplace.remove();
  });

  it("up installs every release and every object of the plan (T41: the definitions were not there before)", async () => {
    const result = await stack.up();
    assert.equal(result.summary.result, "succeeded");
    for (const release of plannedReleases(plan)) {
      assert.equal(helmRevisions(release.namespace, release.name).at(-1)?.info.status, "deployed", release.name);
    }
    const absent = plannedManifests(plan).filter((resource) => !isThere(resource));
    assert.deepEqual(
      absent.map(({ name }) => name),
      [],
    );
  });

  it("T12, T14: every pod is admitted, and asks for exactly what the plan says", () => {
    const pods = platformPods();
    const rejected = listObjects("events", "-A", "--field-selector", "reason=FailedCreate");
    assert.deepEqual(
      rejected.map((event) => event["message"]),
      [],
    );
    const bare = pods
      .flatMap(containersOf)
      .filter(({ resources }) => !resources.requests["cpu"] || !resources.limits["memory"]);
    assert.deepEqual(
      bare.map(({ name }) => name),
      [],
    );
    // The bus is made by its controller, and where no container runs there is none.
    const buses = pods.some(({ metadata }) => metadata.name.startsWith("eventbus-"));
    const workloads = plan
      .flatMap((component) => component.workloads)
      .filter(({ name }) => buses || name !== "event-bus");
    const sum = (resource: "cpu" | "memory") =>
      workloads.reduce((total, { replicas, requests }) => total + replicas * quantity(requests[resource]), 0);
    assert.equal(formatCpu(requestsOf(pods, "cpu")), formatCpu(sum("cpu")));
    assert.equal(formatBytes(requestsOf(pods, "memory")), formatBytes(sum("memory")));
  });

  it("T09, T10: no image without an exact tag, no server auth mode", () => {
    const containers = platformPods().flatMap(containersOf);
    assert.deepEqual(
      containers.filter(({ image }) => !/:[^/:]*\d[^/:]*$/.test(image) || image.endsWith(":latest")),
      [],
    );
    assert.ok(containers.some(({ args }) => args.includes("--auth-mode=client")));
    assert.deepEqual(
      containers.filter(({ args }) => args.includes("--auth-mode=server")),
      [],
    );
  });

  it("T40: the second up changes nothing", async () => {
    const result = await stack.up({ expectNoChanges: true });
    assert.deepEqual(Object.keys(result.summary.resourceChanges ?? {}), ["same"]);
  });

  it("refresh, then a preview without changes", async () => {
    await stack.refresh();
    await stack.preview({ expectNoChanges: true });
  });

  it("a change of one component touches only that component", async () => {
    await stack.setConfig("idp:harbor.trivy", { value: "true" }, true);
    const touched: string[] = [];
    await stack.up({
      onEvent: ({ resourcePreEvent }) => {
        if (resourcePreEvent && resourcePreEvent.metadata.op !== "same") touched.push(resourcePreEvent.metadata.urn);
      },
    });
    assert.deepEqual(
      [...new Set(touched.map((urn) => urn.split("::").slice(2).join("::")))],
      ["idp:platform:Harbor$kubernetes:helm.sh/v3:Release::harbor"],
    );
  });

  it("T35: the same values render the same Harbor, byte by byte", async () => {
    await stack.removeConfig("idp:harbor.trivy", true);
    await stack.up();
    const revisions = helmRevisions(platformNamespaces.harbor, "harbor");
    assert.ok(revisions.length >= 3);
    assert.equal(revisions.at(-1)?.manifest, revisions[0]?.manifest);
  });

  it("T16: no secret is in clear in the exported state or in the public output", async () => {
    const outputs = await stack.outputs();
    const secrets = Object.values(z.record(z.string(), z.string().min(20)).parse(outputs["platformSecrets"]?.value));
    assert.equal(outputs["platformSecrets"]?.secret, true);
    assert.equal(outputs["platform"]?.secret, false);
    assert.ok(secrets.length >= 3);
    const state = workplace.exportStack(stackName);
    for (const secret of [...secrets, ...Object.values(canaries)]) {
      assert.deepEqual(placesOf(secret, state), []);
      assert.deepEqual(placesOf(secret, outputs["platform"]), []);
    }
  });

  it("its output is what the stacks after it read", async () => {
    const outputs = await stack.outputs();
    const read = platformOutputs.parse(outputs[platformOutputNames.public]?.value);
    assert.equal(read.kubernetes.context, currentContext());
    assert.equal(read.webhookHost, "hooks.lab.example");
    assert.equal(read.vault.address, "https://vault.lab.example");
  });

  it("destroy leaves what is kept on purpose: volumes, the secrets to read them, and the definitions", async () => {
    await stack.destroy();
    const kept = plannedManifests(plan).filter(isThere);
    assert.deepEqual(kept.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`).sort(), [
      "Namespace harbor",
      "Namespace vault",
      "PersistentVolumeClaim vault-backups",
      "Secret harbor-database-login",
      "Secret harbor-encryption",
    ]);
    const claims = listObjects("persistentvolumeclaims", "-A").map(({ metadata }) => metadata.namespace);
    assert.deepEqual([...new Set(claims)].sort(), ["harbor", "vault"]);
    assert.ok(exists("customresourcedefinition", "applications.argoproj.io"));
  });
});
