import assert from "node:assert/strict";
import { parse } from "yaml";
import { images } from "../../../model/images";
import { vaultAccounts, vaultBackups, vaultObjects } from "../../../model/vault-names";
import { at } from "../../support/at";
import { aboveRestricted } from "../../support/pod-security";
import { restoreDocument } from "../../support/vault-backup/restore-commands";

describe("document on bringing Vault back", () => {
  it("T12: has a pod that sees the volume, may not write to it, and keeps to the restricted level", () => {
    const [, text = ""] = /<<END\n([^]*?)\nEND\n/.exec(restoreDocument) ?? [];
    const pod: unknown = parse(text);
    assert.deepEqual(aboveRestricted(at(pod, "spec")), []);
    assert.equal(at(pod, "spec", "volumes", 0, "persistentVolumeClaim", "claimName"), vaultBackups.claim);
    assert.equal(at(pod, "spec", "containers", 0, "volumeMounts", 0, "readOnly"), true);
    assert.equal(at(pod, "spec", "securityContext", "runAsUser"), images.node.user);
    assert.equal(at(pod, "spec", "automountServiceAccountToken"), false);
  });

  it("names the objects as they are called", () => {
    const commands = restoreDocument.split("\n").filter((line) => line.startsWith("kubectl "));
    const { unsealKeys, recoveryKeys, bootstrapToken, initialisation } = vaultObjects;
    for (const name of [
      `--from=cronjob/${vaultBackups.cronJob} `,
      `delete secret ${unsealKeys} ${recoveryKeys} ${bootstrapToken} --ignore-not-found`,
      `delete configmap ${initialisation} --ignore-not-found`,
      `delete job ${vaultAccounts.init} --ignore-not-found`,
      `replace --force -f ~/${unsealKeys}.yaml`,
      `delete secret ${bootstrapToken} --ignore-not-found`,
      `rollout restart deployment/${vaultAccounts.unsealer}`,
    ])
      assert.ok(
        commands.some((command) => command.includes(name)),
        name,
      );
    assert.ok(restoreDocument.includes(`s3://BUCKET/${vaultBackups.prefix} `), "the folder of the bucket");
  });
});
