import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { images } from "../../../model/images";
import { vaultAccounts, vaultObjects } from "../../../model/vault-names";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { planVault } from "../../../plan/platform/vault";
import { platformArgs } from "../../../plan/platform/platform-args";
import { programs } from "../../../plan/program-files";
import { planBootstrapEnd } from "../../../plan/vault/bootstrap-end";
import { at } from "../../support/at";
import { someSettings } from "../../support/cluster";
import { aboveRestricted } from "../../support/pod-security";

const order = { after: ["vault-secrets", "vault-operator-role"], anewWith: "vault-secrets" };
const end = planned();
const template = at(end, "manifest", "spec", "template");
const pod = at(template, "spec");
const container = at(pod, "containers", 0);

function planned(imageRegistry = ""): PlannedManifest {
  return planBootstrapEnd({ imageRegistry }, order);
}

function variable(name: string): string {
  const env = at(container, "env");
  assert.ok(Array.isArray(env));
  return String(
    at(
      env.find((each: unknown) => at(each, "name") === name),
      "value",
    ),
  );
}

describe("the Job that ends Vault's bootstrap token", () => {
  it("runs its program as the account that the platform stack makes for it, behind its network rules", () => {
    assert.deepEqual(
      [end.manifest.kind, end.manifest.metadata.name, end.manifest.metadata["namespace"]],
      ["Job", "vault-bootstrap-end", "vault"],
    );
    assert.deepEqual(at(container, "args"), ["--input-type=module", "--eval", programs.vaultBootstrapEnd]);
    const { vault } = platformArgs(someSettings(), new Set());
    const platform = planVault(vault).resources.flatMap((each) => (each.kind === "manifest" ? [each.manifest] : []));
    const account = platform.find(
      ({ kind, metadata }) => kind === "ServiceAccount" && metadata.name === at(pod, "serviceAccountName"),
    );
    assert.equal(account?.metadata["namespace"], end.manifest.metadata["namespace"]);
    const selected = platform.filter(
      ({ kind, spec }) =>
        kind === "NetworkPolicy" &&
        JSON.stringify(at(spec, "podSelector", "matchLabels")) === JSON.stringify(at(template, "metadata", "labels")),
    );
    assert.ok(selected.some(({ spec }) => JSON.stringify(at(spec, "policyTypes")).includes("Egress")));
  });

  it("gives the program every variable that it asks for", () => {
    const asked = new Set(
      readFileSync("in-cluster/vault-bootstrap-end.mjs", "utf8").match(/\b[A-Z]+(?:_[A-Z]+)+\b|NAMESPACE/g),
    );
    assert.ok(asked.has("BOOTSTRAP_TOKEN_FILE") && asked.has("WAIT_SECONDS"));
    for (const name of [...asked].filter((name) => !name.startsWith("EX_")))
      assert.notEqual(variable(name), "undefined", name);
    assert.equal(variable("BOOTSTRAP_SECRET"), vaultObjects.bootstrapToken);
    assert.match(variable("NODE_EXTRA_CA_CERTS"), /\/ca\.crt$/);
  });

  it("starts where the Secret is gone, and mounts no other", () => {
    assert.deepEqual(at(pod, "volumes"), [
      { name: "bootstrap", secret: { secretName: vaultObjects.bootstrapToken, optional: true, defaultMode: 0o440 } },
    ]);
    assert.equal(variable("BOOTSTRAP_TOKEN_FILE"), `${String(at(container, "volumeMounts", 0, "mountPath"))}/token`);
  });

  it("T40: stays when it is done, and is made anew when it failed or Vault is another", () => {
    assert.equal(at(end, "manifest", "spec", "ttlSecondsAfterFinished"), undefined);
    assert.equal(at(end, "manifest", "metadata", "annotations", "pulumi.com/replaceUnready"), "true");
    assert.deepEqual([end.dependsOn, end.anewWith], [order.after, order.anewWith]);
    assert.deepEqual(planned(), end);
  });

  it("T10: runs an image with an exact tag, behind the cluster's mirror when it has one", () => {
    const { repository, tag } = images.node;
    assert.equal(at(container, "image"), `${repository}:${tag}`);
    const mirrored = planned("mirror.lab.example");
    assert.equal(
      at(mirrored, "manifest", "spec", "template", "spec", "containers", 0, "image"),
      `mirror.lab.example/${repository}:${tag}`,
    );
  });

  it("T12: meets the level `restricted`, and writes nowhere", () => {
    assert.deepEqual(aboveRestricted(pod), []);
    assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
  });

  it("T14: asks for CPU and memory, has a limit of memory, and says why before it is ended by others", () => {
    for (const path of ["requests.cpu", "requests.memory", "limits.memory"])
      assert.notEqual(at(container, "resources", ...path.split(".")), undefined, path);
    const [seconds, wait] = [
      Number(at(end, "manifest", "spec", "activeDeadlineSeconds")),
      Number(variable("WAIT_SECONDS")),
    ];
    const tries = 1 + Number(at(end, "manifest", "spec", "backoffLimit"));
    // A request that begins before its end may take half a minute, and Pulumi waits ten.
    assert.ok(tries * (wait + 30) < seconds && seconds < 600);
  });

  it("T16: holds no secret, and its account's token alone", () => {
    assert.doesNotMatch(JSON.stringify(end), /\$secret/);
    assert.equal(at(pod, "serviceAccountName"), vaultAccounts.bootstrapEnd);
    assert.deepEqual([at(pod, "automountServiceAccountToken"), at(pod, "enableServiceLinks")], [true, false]);
  });
});
