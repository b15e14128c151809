import assert from "node:assert/strict";
import { images } from "../../../model/images";
import type { KubernetesManifest, PlannedResource } from "../../../plan/planned-resource";
import { planVaultBackup } from "../../../plan/platform/vault-backup";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { someSettings } from "../../support/cluster";
import { aboveRestricted } from "../../support/pod-security";

const store = { endpoint: "https://s3.lab.example", bucket: "backups", region: "eu-central-1" };

function planned(changes: object = {}): readonly PlannedResource[] {
  const facts = someSettings(changes);
  return planVaultBackup({ facts, backup: facts.vault.backup, s3: facts.backups.s3 });
}

function objectOf(resources: readonly PlannedResource[], name: string): KubernetesManifest {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found?.kind === "manifest", name);
  return found.manifest;
}

const podOf = (resources: readonly PlannedResource[]) =>
  at(objectOf(resources, "vault-backup"), "spec", "jobTemplate", "spec", "template", "spec");

const containerOf = (resources: readonly PlannedResource[]) => at(podOf(resources), "containers", 0);

function environmentOf(resources: readonly PlannedResource[]): Readonly<Record<string, unknown>> {
  const list = at(containerOf(resources), "env");
  assert.ok(Array.isArray(list));
  return Object.fromEntries(list.map((variable) => [String(at(variable, "name")), at(variable, "value")]));
}

const volumesOf = (resources: readonly PlannedResource[]): unknown => at(podOf(resources), "volumes");

describe("plan of Vault's backups", () => {
  const resources = planned();
  const cronJob = objectOf(resources, "vault-backup");

  it("is an account, a volume and a schedule; without one the volume stays in the plan as it is", () => {
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["vault-backup-account", "vault-snapshots", "vault-backup"],
    );
    assert.deepEqual(resources.at(-1)?.dependsOn, ["vault-backup-account", "vault-snapshots"]);
    assert.deepEqual(planned({ vault: { backup: { schedule: "" } } }), resources.slice(1, 2));
  });

  it("T39: makes a snapshot by the schedule of the settings, one at a time, and catches up in the morning", () => {
    const { spec } = objectOf(planned({ vault: { backup: { schedule: "5 4 * * 0", keep: 4 } } }), "vault-backup");
    assert.equal(at(spec, "schedule"), "5 4 * * 0");
    assert.equal(at(spec, "concurrencyPolicy"), "Forbid");
    assert.equal(at(spec, "startingDeadlineSeconds"), 12 * 3600);
    assert.deepEqual([at(spec, "successfulJobsHistoryLimit"), at(spec, "failedJobsHistoryLimit")], [1, 3]);
    assert.equal(environmentOf(planned({ vault: { backup: { keep: 4 } } }))["KEEP"], "4");
  });

  it("ends a run that hangs, and makes no second snapshot because the first was not copied", () => {
    const job = at(cronJob, "spec", "jobTemplate", "spec");
    assert.deepEqual([at(job, "activeDeadlineSeconds"), at(job, "backoffLimit")], [3600, 0]);
    const ignored = { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] };
    assert.deepEqual(at(job, "podFailurePolicy", "rules"), [ignored]);
    // Kubernetes takes a failure policy with no other.
    assert.equal(at(job, "template", "spec", "restartPolicy"), "Never");
    const waits = Number(environmentOf(resources)["WAIT_SECONDS"]);
    // It waits for Vault and for the store, and each transfer may take as long as the program lets it.
    assert.ok(2 * (waits + 900) <= 3600, String(waits));
  });

  it("keeps the volume when it leaves the plan, and marks it as one that holds data", () => {
    const claim = resources.find(({ name }) => name === "vault-snapshots");
    assert.deepEqual([claim?.retain, claim?.protect], [true, undefined]);
    assert.deepEqual(claim?.volumes, [{ name: "vault-backups", size: "1Gi" }]);
    const object = objectOf(
      planned({ vault: { backup: { storage: "3Gi" } }, storageClass: "fast" }),
      "vault-snapshots",
    );
    assert.deepEqual(object["spec"], {
      accessModes: ["ReadWriteOnce"],
      storageClassName: "fast",
      resources: { requests: { storage: "3Gi" } },
    });
  });

  it("does not wait for a volume that comes with the first snapshot", () => {
    const { metadata } = objectOf(resources, "vault-snapshots");
    assert.deepEqual(at(metadata, "annotations"), { "pulumi.com/skipAwait": "true" });
  });

  for (const [title, all] of [
    ["", resources],
    [" with a store", planned({ backups: { s3: store } })],
  ] as const) {
    it(`T12: its pod${title} keeps to the restricted level, and writes to nothing but the volume`, () => {
      assert.deepEqual(aboveRestricted(podOf(all)), []);
      assert.equal(at(containerOf(all), "securityContext", "readOnlyRootFilesystem"), true);
      const mounts = at(containerOf(all), "volumeMounts");
      assert.ok(Array.isArray(mounts));
      const writable = mounts.filter((mount) => at(mount, "readOnly") !== true).map((mount) => at(mount, "mountPath"));
      assert.deepEqual(writable, [environmentOf(all)["FOLDER"]]);
    });

    it(`T14: its container${title} has requests and a memory limit`, () => {
      const limited = { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "256Mi" } };
      assert.deepEqual(at(containerOf(all), "resources"), limited);
    });

    it(`T15: its pod${title} has no token but one that is made out for Vault and ends within minutes`, () => {
      assert.equal(at(podOf(all), "automountServiceAccountToken"), false);
      assert.equal(at(objectOf(all, "vault-backup-account"), "automountServiceAccountToken"), false);
      const volumes = volumesOf(all);
      assert.ok(Array.isArray(volumes));
      const projected = volumes.filter((volume) => at(volume, "projected") !== undefined);
      assert.deepEqual(
        projected.map((volume) => at(volume, "projected", "sources")),
        [[{ serviceAccountToken: { audience: "vault", expirationSeconds: 600, path: "token" } }]],
      );
      assert.equal(at(podOf(all), "serviceAccountName"), "vault-backup");
      assert.equal(all.filter((one) => one.kind === "manifest" && one.manifest.kind.includes("Role")).length, 0);
    });
  }

  it("T10: runs the program in the pinned image, through the mirror", () => {
    const { repository, tag } = images.node;
    assert.equal(at(containerOf(resources), "image"), `${repository}:${tag}`);
    const mirrored = planned({ imageRegistry: "mirror.lab.example/proxy" });
    assert.equal(at(containerOf(mirrored), "image"), `mirror.lab.example/proxy/${repository}:${tag}`);
    assert.deepEqual(at(containerOf(resources), "args"), ["--input-type=module", "--eval", programs.vaultBackup]);
  });

  it("logs in to Vault inside the cluster, by the role for backups alone", () => {
    const { VAULT_ADDR, VAULT_AUTH, VAULT_ROLE, TOKEN_FILE } = environmentOf(resources);
    assert.deepEqual(
      [VAULT_ADDR, VAULT_AUTH, VAULT_ROLE, TOKEN_FILE],
      ["http://vault.vault.svc.cluster.local:8200", "kubernetes", "idp-backup", "/login/token"],
    );
  });

  it("copies nothing, and has no keys, where no store is set", () => {
    assert.deepEqual(
      Object.keys(environmentOf(resources)).filter((name) => name.startsWith("S3_")),
      [],
    );
    assert.doesNotMatch(JSON.stringify(volumesOf(resources)), /"secret"/);
  });

  it("T16: takes the keys of the store from the stack's secrets, as files of a Secret", () => {
    const all = planned({ backups: { s3: store } });
    assert.deepEqual(objectOf(all, "vault-backup-store"), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "vault-backup-store", namespace: "vault" },
      type: "Opaque",
      stringData: {
        "access-key": { $secret: [{ name: "backupsAccessKey", form: "plain" }] },
        "secret-key": { $secret: [{ name: "backupsSecretKey", form: "plain" }] },
      },
    });
    assert.ok(all.at(-1)?.dependsOn?.includes("vault-backup-store"));
    const variables = Object.entries(environmentOf(all)).filter(([name]) => name.startsWith("S3_"));
    assert.deepEqual(Object.fromEntries(variables), {
      S3_ENDPOINT: "https://s3.lab.example",
      S3_BUCKET: "backups",
      S3_REGION: "eu-central-1",
      S3_PREFIX: "vault/",
      S3_ACCESS_KEY_FILE: "/store/access-key",
      S3_SECRET_KEY_FILE: "/store/secret-key",
    });
  });
});
