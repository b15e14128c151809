import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { charts } from "../../../model/catalog";
import { profileNames } from "../../../model/profiles";
import { planVault } from "../../../plan/platform/vault";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { manifestsOf, plannedManifest } from "../../support/planned";
import { aboveRestricted } from "../../support/pod-security";
import { someVault, unsealRows } from "../../support/some-vault";

const plan = planVault(someVault());
const planned = plannedManifest(plan, "vault-unsealer");
const pod = at(planned.manifest, "spec", "template", "spec");
const container = at(pod, "containers", 0);

describe("the unsealer", () => {
  for (const { title, settings } of unsealRows) {
    const runs = title === "Vault, by itself";
    it(`${runs ? "runs, and counts" : "is not there, and counts for nothing"}: ${title}`, () => {
      const { workloads, ...other } = planVault(someVault(settings));
      assert.equal(manifestsOf({ workloads, ...other }, "Deployment").length, runs ? 1 : 0);
      const names = workloads.map(({ name }) => name);
      assert.deepEqual(names, runs ? ["vault", "vault-unsealer"] : ["vault"]);
    });
  }

  it("is one pod, never two at a time, and starts once the first keys are there", () => {
    assert.equal(at(planned.manifest, "spec", "replicas"), 1);
    assert.deepEqual(at(planned.manifest, "spec", "strategy"), { type: "Recreate" });
    assert.deepEqual(planned.dependsOn, ["vault-unsealer-account", "vault-init"]);
    const labels = at(planned.manifest, "spec", "template", "metadata", "labels");
    assert.deepEqual(at(planned.manifest, "spec", "selector", "matchLabels"), labels);
  });

  it("runs the script with a shell, and tells it where everything is", () => {
    assert.deepEqual(at(container, "command"), ["/bin/sh"]);
    assert.deepEqual(at(container, "args"), ["-c", programs.vaultUnseal, "vault-unsealer"]);
    assert.deepEqual(at(container, "env"), [
      { name: "VAULT_ADDR", value: "http://vault.vault.svc.cluster.local:8200" },
      { name: "KEYS", value: "/keys" },
      { name: "WORK", value: "/work" },
      { name: "PAUSE", value: "2" },
    ]);
  });

  it("sees keys that come or change later, and writes into memory alone", () => {
    assert.deepEqual(at(pod, "volumes"), [
      { name: "keys", secret: { secretName: "vault-unseal-keys", optional: true, defaultMode: 0o440 } },
      { name: "work", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
    ]);
    // A mount of one file of a volume (`subPath`) would never change.
    assert.deepEqual(at(container, "volumeMounts"), [
      { name: "keys", mountPath: "/keys", readOnly: true },
      { name: "work", mountPath: "/work" },
    ]);
  });

  it("alone mounts the keys, of all pods of every plan", () => {
    for (const { settings } of unsealRows) {
      const { resources } = planVault(someVault(settings));
      const holders = resources.filter((resource) =>
        JSON.stringify(resource).includes('"secretName":"vault-unseal-keys"'),
      );
      assert.ok(holders.every(({ name }) => name === "vault-unsealer"));
    }
  });

  it("T10: its image is the server's, in the version of the catalog's chart and through the mirror", () => {
    const mirrored = plannedManifest(planVault(someVault({ imageRegistry: "mirror.lab.example" })), "vault-unsealer");
    const image = String(at(mirrored.manifest, "spec", "template", "spec", "containers", 0, "image"));
    assert.equal(image, `mirror.lab.example/docker.io/hashicorp/vault:${charts.vault.appVersion}`);
    assert.match(image, /:\d+\.\d+\.\d+$/);
  });

  it("T12: its pod meets the restricted level, as the image's own user", () => {
    assert.deepEqual(aboveRestricted(pod), []);
    assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
    assert.equal(at(pod, "securityContext", "runAsUser"), 100);
    // The keys are of this group.
    assert.equal(at(pod, "securityContext", "fsGroup"), 1000);
  });

  it("T14: its container has requests and a memory limit, in every profile", () => {
    for (const profile of profileNames) {
      const deployment = plannedManifest(planVault(someVault({ profile })), "vault-unsealer").manifest;
      const resources = at(deployment, "spec", "template", "spec", "containers", 0, "resources");
      assert.deepEqual(resources, { requests: { cpu: "5m", memory: "8Mi" }, limits: { memory: "32Mi" } });
    }
  });

  it("T15: has no token for the API server, and its account no right", () => {
    assert.equal(at(pod, "serviceAccountName"), "vault-unsealer");
    assert.equal(at(pod, "automountServiceAccountToken"), false);
    assert.equal(plannedManifest(plan, "vault-unsealer-account").manifest["automountServiceAccountToken"], false);
    const subjects = manifestsOf(plan, "RoleBinding").flatMap((binding) => JSON.stringify(binding["subjects"]));
    assert.ok(subjects.every((subject) => !subject.includes("vault-unsealer")));
  });
});

describe("the probe of the unsealer", () => {
  const command = z.tuple([z.literal("/bin/sh"), z.literal("-c"), z.string()]);
  const [shell, option, text] = command.parse(at(container, "livenessProbe", "exec", "command"));
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alive-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Whether the kubelet lets the pod live when the file is so many seconds old. */
  function lives(age?: number): boolean {
    const file = join(folder, "alive");
    if (age !== undefined) {
      writeFileSync(file, "");
      const time = Date.now() / 1000 - age;
      utimesSync(file, time, time);
    }
    return spawnSync(shell, [option, text.replaceAll("/work", folder)]).status === 0;
  }

  it("lets it live while it takes its steps", () => {
    assert.equal(lives(0), true);
    assert.equal(lives(60), true);
  });

  it("ends it when it hangs, or has never begun", () => {
    assert.equal(lives(240), false);
    rmSync(join(folder, "alive"));
    assert.equal(lives(), false);
  });
});
