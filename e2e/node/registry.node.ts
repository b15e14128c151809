import assert from "node:assert/strict";
import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { images } from "../../model/images";
import { buildNamespaceName, namespaceName, registrySecretName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import { registryRobotUser } from "../../model/registry-names";
import { afterFirst, afterSecond, changedAlone, picture, printed } from "../../tests/support/harbor/outcomes";
import { adminPassword } from "../../tests/support/harbor/set-up";
import { HarborStandIn } from "../../tests/support/harbor/stand-in";
import { sayObstacles, serverHost } from "../support/environment";
import { exists, kubectl } from "../support/kubectl";
import { nodeObstacles } from "./support/environment";
import { harborObstacles, placeHarbor, removeHarbor } from "./support/harbor-place";
import { nameNodeImage, nodeImageObstacles } from "./support/node-image";
import { NodeStack } from "./support/node-stack";
import { projectName, registryComponent, registryProject, setupName } from "./support/registry-project";

const namespace = platformNamespaces.harbor;
const user = registryRobotUser(projectName);

describe("registry of a project, set up by a pod that runs", function () {
  this.timeout(300_000);
  this.slow(1000);
  const harbor = new HarborStandIn(adminPassword);
  let project = registryProject();
  const work = new NodeStack(projectName, () => registryComponent(project));
  let stack: Stack;
  let canRun = false;

  before(async function () {
    this.timeout(900_000);
    const missing = await nodeObstacles();
    canRun = !sayObstacles(missing.length > 0 ? missing : [...(await nodeImageObstacles()), ...harborObstacles()]);
    if (!canRun) this.skip();
    removeHarbor();
    await nameNodeImage();
    placeHarbor(adminPassword, new URL(await harbor.listen(serverHost())));
    stack = await work.open();
  });

  after(async () => {
    await harbor.close();
    work.remove();
    if (canRun) removeHarbor();
  });

  it("up makes everything, and ends when the Job has", async () => {
    await stack.up();
    assert.deepEqual(log(), printed(afterFirst));
    assert.ok(harbor.api.robots.login(user, robotPassword()));
  });

  it("T12: the pod ran in a namespace of the level `restricted`, as a user that is not root", () => {
    const label = "jsonpath={.metadata.labels['pod-security\\.kubernetes\\.io/enforce']}";
    assert.equal(kubectl("get", "namespace", namespace, "-o", label), "restricted");
    const path = "jsonpath={.items[*].spec.securityContext.runAsUser} {.items[*].status.phase}";
    const pods = kubectl("get", "pods", "-n", namespace, "-l", `job-name=${setupName}`, "-o", path);
    assert.equal(pods, `${images.node.user} Succeeded`);
  });

  it("T33: both namespaces of the project have the account that Harbor lets in", () => {
    for (const place of [namespaceName(projectName), buildNamespaceName(projectName)]) {
      const { auths } = dockerConfig.parse(JSON.parse(secretValue(place, registrySecretName, "\\.dockerconfigjson")));
      const accounts = Object.values(auths).map(({ username, password }) =>
        harbor.api.robots.login(username, password),
      );
      assert.deepEqual(accounts, harbor.api.robots.all);
    }
  });

  it("T40: another up runs nothing", async () => {
    const { length } = harbor.requests;
    await stack.up({ expectNoChanges: true });
    assert.equal(harbor.requests.length, length);
  });

  it("a second run of the Job finds nothing to do", async () => {
    const before = picture(harbor);
    const { length } = harbor.writes;
    await stack.up({ replace: [await urnOf("setup")] });
    assert.deepEqual(log(), printed(afterSecond));
    assert.equal(harbor.writes.length, length);
    assert.deepEqual(picture(harbor), before);
  });

  it("a new password reaches Harbor in the same up", async () => {
    const old = robotPassword();
    await stack.up({ replace: [await urnOf("robot-password")] });
    assert.notEqual(robotPassword(), old);
    assert.deepEqual(log(), printed(changedAlone("robot account")));
    assert.equal(harbor.api.robots.login(user, old), undefined);
    assert.ok(harbor.api.robots.login(user, robotPassword()));
  });

  it("a pinned commit reaches Harbor in the same up", async () => {
    project = registryProject("a".repeat(40));
    await stack.up();
    assert.deepEqual(log(), printed(changedAlone("retention")));
    assert.match(JSON.stringify([...harbor.api.projects.policies.values()]), /a{40}/);
  });

  it("a Job that fails says why, and the next up runs it again", async () => {
    harbor.api.adminPassword = "Somebody-changed-it-1";
    project = registryProject();
    await assert.rejects(stack.up(), /Harbor refuses admin; set its password there as the Secret harbor-admin in/);
    harbor.api.adminPassword = adminPassword;
    await stack.up();
    assert.deepEqual(log(), printed(changedAlone("retention")));
    await stack.up({ expectNoChanges: true });
  });

  it("T16: no password is in the pod, the Job or what they printed", () => {
    const text = [kubectl("get", "jobs,pods,events", "-n", namespace, "-o", "json"), ...log()].join("\n");
    for (const password of [adminPassword, robotPassword()]) assert.ok(!text.includes(password));
  });

  it("destroy takes Job and Secrets from the cluster, and nothing from Harbor", async () => {
    const before = picture(harbor);
    const { length } = harbor.requests;
    await stack.destroy();
    assert.deepEqual([exists("job", setupName, namespace), exists("secret", setupName, namespace)], [false, false]);
    assert.equal(harbor.requests.length, length);
    assert.deepEqual(picture(harbor), before);
  });

  async function urnOf(role: string): Promise<string> {
    const exported: unknown = await stack.exportStack();
    const found = state
      .parse(exported)
      .deployment.resources.find(({ urn }) => urn.endsWith(`::${projectName}.registry.${role}`));
    assert.ok(found, role);
    return found.urn;
  }
});

const state = z.object({ deployment: z.object({ resources: z.array(z.object({ urn: z.string() })) }) });
const dockerConfig = z.object({
  auths: z.record(z.string(), z.object({ username: z.string(), password: z.string() })),
});

/** What the Job's pod printed. */
function log(): readonly string[] {
  return kubectl("logs", "-n", namespace, `job/${setupName}`).trimEnd().split("\n");
}

function robotPassword(): string {
  return secretValue(namespace, setupName, "password");
}

function secretValue(place: string, name: string, key: string): string {
  const encoded = kubectl("get", "secret", name, "-n", place, "-o", `jsonpath={.data.${key}}`);
  return Buffer.from(encoded, "base64").toString("utf8");
}
