import assert from "node:assert/strict";
import { buildInputs } from "../../../plan/pipeline/build-inputs";
import { planBuildTemplates } from "../../../plan/pipeline/build-templates";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";
import { buildTemplates, templateOf, variablesOf, workflowSettings } from "../../support/workflow-pod";

const templates = [...buildTemplates().values()];
const token = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Which containers see a volume, as `template/container`. */
function seenBy(isWanted: (volume: Readonly<Record<string, unknown>>) => boolean): readonly string[] {
  return templates.flatMap(({ name, container, initContainers, volumes }) => {
    const wanted = new Set(volumes.filter(isWanted).map((volume) => volume.name));
    return [...initContainers, container]
      .filter(({ volumeMounts }) => volumeMounts.some((mount) => wanted.has(mount.name)))
      .map((each) => `${name}/${each.name}`);
  });
}

const secret = (name: string) => (volume: object) => at(volume, "secret", "secretName") === name;

describe("templates that builds are made of", () => {
  it("are one object of the whole cluster, whatever the number of projects", () => {
    const projects = ["a", "b"].map((name) => someProject({}, name));
    const names = (given: typeof projects) =>
      planBuildTemplates({ cluster: someCluster, projects: given }).resources.map(({ name }) => name);
    assert.deepEqual(names([]), names(projects));
    const { resources } = planBuildTemplates({ cluster: someCluster, projects });
    const [object] = manifestsOf(resources, "ClusterWorkflowTemplate");
    assert.deepEqual(object?.manifest.metadata, { name: "build" });
    // Linux takes 128 KiB in one variable, and the executor gets each template in one.
    for (const template of templates) assert.ok(JSON.stringify(template).length < 65_536, template.name);
  });

  it("declare the inputs that they use, and no other", () => {
    for (const template of templates) {
      const used = [...JSON.stringify(template).matchAll(/\{\{inputs\.parameters\.([a-z-]+)\}\}/g)].map(
        ([, name]) => name,
      );
      const declared = template.inputs.parameters.map(({ name }) => name);
      assert.deepEqual([...new Set(used)].sort(), [...declared].sort(), template.name);
      assert.deepEqual(
        template.inputs.parameters,
        declared.map((name) => ({ name })),
      );
    }
    assert.deepEqual(templates.map(({ name }) => name).sort(), Object.keys(buildInputs).sort());
  });

  it("take every value by a variable of the environment: no program has one in its text", () => {
    for (const { name, container, initContainers } of templates)
      for (const { command, args } of [...initContainers, container])
        assert.ok(![...command, ...args].some((text) => text.includes("{{")), name);
  });

  it("patch a pod with constants of the application alone, nothing of a push among them", () => {
    const allowed = ["cpu", "cpu-limit", "memory", "memory-limit", "disk", "disk-limit", "secrets-optional"];
    for (const { name, podSpecPatch = "" } of templates)
      for (const [, input = ""] of podSpecPatch.matchAll(/\{\{inputs\.parameters\.([a-z-]+)\}\}/g))
        assert.ok(allowed.includes(input), `${name}: ${input}`);
  });

  it("T06: the first step rejects a commit that has not the form of one", () => {
    const { container } = templateOf("check");
    assert.ok(container.args.includes(programs.check));
    const { COMMIT, BRANCH, PUSHED } = variablesOf(container);
    assert.deepEqual(
      [COMMIT, BRANCH, PUSHED],
      ["commit", "branch", "pushed"].map((name) => `{{inputs.parameters.${name}}}`),
    );
    // tests/in-cluster/check.test.ts runs it.
    assert.match(programs.check, /\[!0-9a-f\]/);
  });

  it("T10: run images with exact tags", () => {
    const images = templates.flatMap(({ container, initContainers }) =>
      [...initContainers, container].map(({ image }) => image),
    );
    for (const image of images.filter((text) => !text.startsWith("{{")))
      assert.match(image, /^[a-z.]+\/[a-z/-]+:v?\d+\.\d+\.\d+[a-z0-9.-]*$/);
    assert.deepEqual(
      [...new Set(images.filter((text) => text.startsWith("{{")))].sort(),
      ["builder", "image"].map((name) => `{{inputs.parameters.${name}}}`),
    );
  });

  it("take every pinned image by way of the cluster's mirror", () => {
    const cluster = { ...someCluster, imageRegistry: "mirror.lab.example" };
    for (const { container, initContainers } of buildTemplates(cluster).values())
      for (const { image } of [...initContainers, container]) assert.match(image, /^(mirror\.lab\.example\/|\{\{)/);
  });

  it("T14: every container requests CPU and memory and has a memory limit", () => {
    const { executor } = workflowSettings();
    const given = [
      ["executor", executor.resources] as const,
      ...templates.flatMap(({ name, container, initContainers, podSpecPatch }) => [
        ...initContainers.map((each) => [`${name}/${each.name}`, each.resources] as const),
        [name, container.resources ?? at(JSON.parse(asJson(podSpecPatch)), "containers", 0, "resources")] as const,
      ]),
    ];
    for (const [name, resources] of given) {
      assert.equal(typeof at(resources, "requests", "cpu"), "string", name);
      assert.equal(typeof at(resources, "requests", "memory"), "string", name);
      assert.equal(typeof at(resources, "limits", "memory"), "string", name);
    }
  });

  it("T33: what runs a repository's own commands is stopped at a size on disk", () => {
    for (const name of ["test", "buildkit", "kaniko"]) {
      const { podSpecPatch } = templateOf(name);
      const resources = at(JSON.parse(asJson(podSpecPatch)), "containers", 0, "resources");
      assert.equal(at(resources, "limits", "ephemeral-storage"), "{{inputs.parameters.disk-limit}}");
      assert.equal(at(resources, "requests", "ephemeral-storage"), "{{inputs.parameters.disk}}");
    }
  });

  it("T33: what fetches the history of a branch is stopped at a size on disk", () => {
    assert.equal(at(templateOf("check").container.resources, "limits", "ephemeral-storage"), "2Gi");
  });

  it("T33: every step has an end of its own, and what a repository brings along that of the application", () => {
    for (const { name, activeDeadlineSeconds } of templates)
      if (["test", "buildkit", "kaniko"].includes(name))
        assert.equal(activeDeadlineSeconds, "{{inputs.parameters.seconds}}");
      else assert.ok(Number(activeDeadlineSeconds) > 0 && Number(activeDeadlineSeconds) <= 1800, name);
  });

  it("T15: no container has the token by which the executor leaves results", () => {
    for (const { name, container, initContainers, volumes } of templates.filter((each) => each.name !== "sign"))
      for (const each of [...initContainers, container]) {
        const mount = each.volumeMounts.find(({ mountPath }) => mountPath === token);
        const volume = volumes.find((candidate) => candidate.name === mount?.name);
        assert.deepEqual(volume?.["emptyDir"], {}, `${name}/${each.name}`);
      }
  });

  it("T31: the read key is that of one repository, and only what asks git has it", () => {
    const keys = ["check/main", "test/checkout", "buildkit/checkout", "kaniko/checkout"];
    assert.deepEqual(seenBy(secret("repository-keys")), keys);
    for (const volume of templates.flatMap(({ volumes }) => volumes).filter(secret("repository-keys")))
      assert.deepEqual(at(volume, "secret", "items"), [{ key: "{{inputs.parameters.repository-key}}", path: "key" }]);
  });

  it("T33: the robot account is in what pushes, scans and signs; build secrets in BuildKit alone", () => {
    const pushing = ["buildkit/main", "kaniko/main", "scan/main", "sign/main"];
    assert.deepEqual(seenBy(secret("registry")), pushing);
    assert.deepEqual(seenBy(secret("{{inputs.parameters.secrets}}")), ["buildkit/main"]);
  });

  it("T04: the key of a webhook is in the step that reports, and is that of one repository", () => {
    assert.deepEqual(seenBy(secret("webhook-secrets")), ["report/main"]);
    const [volume] = templateOf("report").volumes.filter(secret("webhook-secrets"));
    assert.deepEqual(at(volume, "secret", "items"), [{ key: "{{inputs.parameters.repository-key}}", path: "key" }]);
  });

  it("T33: a test of the project sees no secret at all", () => {
    const { container, volumes } = templateOf("test");
    const secrets = new Set(volumes.filter((volume) => "secret" in volume).map(({ name }) => name));
    assert.deepEqual(
      container.volumeMounts.filter(({ name }) => secrets.has(name)),
      [],
    );
  });

  it("have a class of priority below applications that makes no pod go", () => {
    const { resources } = planBuildTemplates({ cluster: someCluster, projects: [] });
    const [priority] = manifestsOf(resources, "PriorityClass");
    assert.equal(priority?.manifest.metadata.name, "builds");
    assert.ok(Number(priority.manifest["value"]) < 0);
    assert.equal(priority.manifest["preemptionPolicy"], "Never");
    assert.equal(priority.manifest["globalDefault"], undefined);
  });
});

/** Inputs stand in for text and for a truth value. */
function asJson(patch = "{}"): string {
  return patch.replace(":{{inputs.parameters.secrets-optional}}", ":true");
}
