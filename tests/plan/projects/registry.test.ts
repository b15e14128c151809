import assert from "node:assert/strict";
import fc from "fast-check";
import { images } from "../../../model/images";
import { maxNameLength, registryVaultPath } from "../../../model/names";
import { platformNamespaces } from "../../../model/platform-names";
import { isSecretText, secretMark, withSecretMarks } from "../../../model/secret-text";
import { planHarborSecrets } from "../../../plan/platform/harbor-secrets";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { programs } from "../../../plan/program-files";
import { planRegistry } from "../../../plan/projects/registry";
import { at } from "../../support/at";
import { canaryText } from "../../support/canaries";
import { mockedPassword } from "../../support/mock-engine";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

const { resources } = planRegistry(someProject(), someCluster);
const secrets = manifestsOf(resources, "Secret");
const job = onlyJob();
const pod = at(job, "manifest", "spec", "template", "spec");
const container = at(pod, "containers", 0);
const password = `Rb1${mockedPassword("shop.registry.robot-password")}`;

describe("plan of a project's registry", () => {
  it("gives both namespaces of the project a pull secret, and Harbor's namespace what the Job reads", () => {
    assert.deepEqual(
      secrets.map(({ manifest }) => [
        at(manifest, "metadata", "namespace"),
        manifest.metadata.name,
        at(manifest, "type"),
      ]),
      [
        ["shop", "registry", "kubernetes.io/dockerconfigjson"],
        ["shop-build", "registry", "kubernetes.io/dockerconfigjson"],
        ["harbor", "project-shop", "Opaque"],
      ],
    );
  });

  it("T33: writes the robot account of this project and no other into the pull secrets", () => {
    const expected = { auths: { "harbor.lab.example": { username: "robot$shop+ci", password } } };
    for (const secret of secrets.slice(0, 2)) {
      const config: unknown = JSON.parse(canary(at(secret, "manifest", "stringData", ".dockerconfigjson")));
      assert.deepEqual(config, expected);
    }
    assert.equal(canary(at(secrets[2], "manifest", "stringData", "password")), password);
  });

  it("makes passwords that Harbor takes, whatever the random part is", () => {
    const text = secretMark(secretTextAt(secrets[2], "manifest", "stringData", "password"));
    const [start = ""] = text.split("<");
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{32}$/), (random) => {
        for (const rule of [/^.{8,128}$/, /[a-z]/, /[A-Z]/, /\d/]) assert.match(`${start}${random}`, rule);
      }),
    );
  });

  it("T22: keeps the robot account in Vault, protected", () => {
    const [leaf, ...others] = resources.filter(({ kind }) => kind === "vault-secret");
    assert.deepEqual(others, []);
    assert.ok(leaf?.kind === "vault-secret");
    assert.deepEqual(
      [leaf.mount, leaf.path, leaf.writer, leaf.protect],
      ["idp", registryVaultPath("shop"), "pulumi", true],
    );
    assert.deepEqual([leaf.data["host"], leaf.data["username"]], ["harbor.lab.example", "robot$shop+ci"]);
    assert.equal(canary(leaf.data["password"]), password);
  });

  it("T10: runs an image with an exact tag, behind the cluster's mirror when it has one", () => {
    const { repository, tag } = images.node;
    assert.equal(at(container, "image"), `${repository}:${tag}`);
    assert.match(tag, /^\d+\.\d+\.\d+-alpine\d+\.\d+$/);
    const mirrored = planRegistry(someProject(), { ...someCluster, imageRegistry: "mirror.lab.example" });
    const [other] = manifestsOf(mirrored.resources, "Job");
    const image = at(other, "manifest", "spec", "template", "spec", "containers", 0, "image");
    assert.equal(image, `mirror.lab.example/${repository}:${tag}`);
  });

  it("T12: meets the level `restricted`, and writes nowhere", () => {
    const securityContext = at(pod, "securityContext");
    assert.deepEqual([at(securityContext, "runAsNonRoot"), at(securityContext, "runAsUser")], [true, images.node.user]);
    assert.deepEqual(at(securityContext, "seccompProfile"), { type: "RuntimeDefault" });
    assert.deepEqual(at(container, "securityContext"), {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    });
  });

  it("T14: asks for CPU and memory, has a limit of memory and an end", () => {
    for (const path of ["requests.cpu", "requests.memory", "limits.memory"])
      assert.notEqual(at(container, "resources", ...path.split(".")), undefined, path);
    const seconds = Number(at(job, "manifest", "spec", "activeDeadlineSeconds"));
    const wait = Number(at(variables(), "WAIT_SECONDS"));
    // Pulumi waits ten minutes for a Job, and the program is run twice at most.
    assert.ok(2 * wait < seconds && seconds < 600);
    assert.equal(at(job, "manifest", "spec", "backoffLimit"), 1);
  });

  it("T15: has no token of the API and nothing of its node", () => {
    assert.deepEqual([at(pod, "automountServiceAccountToken"), at(pod, "enableServiceLinks")], [false, false]);
    assert.doesNotMatch(JSON.stringify(pod), /hostPath|hostNetwork|hostPID|hostPort|docker\.sock/);
  });

  it("T16: names no password outside of Secrets and Vault", () => {
    for (const resource of resources) {
      if (resource.kind !== "manifest" || resource.manifest.kind === "Secret") continue;
      assert.doesNotMatch(JSON.stringify(withSecretMarks(resource.manifest)), /<secret /);
    }
  });

  it("mounts the admin's password that Harbor itself reads, and its own Secret", () => {
    const files = planHarborSecrets(platformNamespaces.harbor);
    const sources = at(pod, "volumes", 0, "projected", "sources");
    assert.ok(Array.isArray(sources));
    const [admin, robot] = sources.map((source: unknown) => ({
      name: at(source, "secret", "name"),
      key: String(at(source, "secret", "items", 0, "key")),
      path: `/credentials/${String(at(source, "secret", "items", 0, "path"))}`,
    }));
    assert.ok(admin && robot);
    const holder = manifestsOf(files, "Secret").find(({ manifest }) => manifest.metadata.name === admin.name);
    assert.equal(
      secretMark(secretTextAt(holder, "manifest", "stringData", admin.key)),
      "<secret harbor-admin-password>",
    );
    assert.equal(robot.name, secrets[2]?.manifest.metadata.name);
    assert.ok(isSecretText(at(secrets[2], "manifest", "stringData", robot.key)));
    assert.equal(at(container, "volumeMounts", 0, "mountPath"), "/credentials");
    assert.deepEqual(
      [at(variables(), "ADMIN_PASSWORD_FILE"), at(variables(), "ROBOT_PASSWORD_FILE")],
      [admin.path, robot.path],
    );
  });

  it("runs the program again for another state, another program or another password, and for nothing else", () => {
    const template = (project: ReturnType<typeof someProject>) => {
      const [planned] = manifestsOf(planRegistry(project, someCluster).resources, "Job");
      return at(planned, "manifest", "spec", "template");
    };
    const git = { type: "github", owner: "myorg", repo: "my-api" };
    const application = { name: "api", git, port: 8080 };
    assert.deepEqual(template(someProject({ applications: [application] })), template(someProject()));
    const pinned = { ...application, git: { ...git, hash: "a".repeat(40) } };
    assert.notDeepEqual(template(someProject({ applications: [pinned] })), template(someProject()));
    assert.equal(at(container, "args", 2), programs.harborProject);
    assert.deepEqual(job.replaceWith, ["shop.registry.robot-password"]);
    assert.deepEqual(job.dependsOn, ["shop.registry.setup-secret"]);
    assert.equal(at(job, "manifest", "metadata", "annotations", "pulumi.com/replaceUnready"), "true");
  });

  it("T07: gives each project names of its own, within the limits", () => {
    const names = (name: string) =>
      planRegistry(someProject({}, name), someCluster).resources.map((resource) => resource.name);
    const longest = "a".repeat(maxNameLength);
    const all = [...names("shop"), ...names("shop-2"), ...names(longest)];
    assert.equal(new Set(all).size, all.length);
  });

  it("T26: deletes nothing in Harbor when it goes: no program runs then", () => {
    assert.deepEqual(
      manifestsOf(resources, "Job").map(({ name }) => name),
      ["shop.registry.setup"],
    );
    assert.doesNotMatch(programs.harborProject, /DELETE/);
  });
});

function onlyJob(): PlannedManifest {
  const [found, ...others] = manifestsOf(resources, "Job");
  assert.ok(found);
  assert.deepEqual(others, []);
  return found;
}

function variables(): Readonly<Record<string, unknown>> {
  const list = at(container, "env");
  assert.ok(Array.isArray(list));
  return Object.fromEntries(list.map((entry: unknown) => [String(at(entry, "name")), at(entry, "value")] as const));
}

function secretTextAt(value: unknown, ...path: readonly string[]) {
  const text = at(value, ...path);
  assert.ok(isSecretText(text), path.join("."));
  return text;
}

function canary(value: unknown): string {
  assert.ok(isSecretText(value));
  return canaryText(value);
}
