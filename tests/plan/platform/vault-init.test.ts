import assert from "node:assert/strict";
import { images } from "../../../model/images";
import { planVault } from "../../../plan/platform/vault";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { plannedManifest } from "../../support/planned";
import { aboveRestricted } from "../../support/pod-security";
import { someVault, unsealRows } from "../../support/some-vault";

const plan = planVault(someVault());
const planned = plannedManifest(plan, "vault-init");
const pod = at(planned.manifest, "spec", "template", "spec");
const container = at(pod, "containers", 0);

function variables(settings: object): Readonly<Record<string, unknown>> {
  const job = plannedManifest(planVault(someVault(settings)), "vault-init").manifest;
  const env = at(job, "spec", "template", "spec", "containers", 0, "env");
  assert.ok(Array.isArray(env));
  return Object.fromEntries(env.map((item) => [String(at(item, "name")), at(item, "value")]));
}

describe("the Job that initialises Vault", () => {
  it("comes after the release and its own rights, and is made anew when it has failed", () => {
    assert.equal(planned.manifest.kind, "Job");
    assert.deepEqual(planned.dependsOn, ["vault", "vault-init-binding"]);
    assert.deepEqual(at(planned.manifest, "metadata", "annotations"), {
      "pulumi.com/replaceUnready": "true",
      "pulumi.com/timeoutSeconds": "1800",
    });
  });

  it("keeps what Vault said on the disk of a pod that starts again and has time to store it", () => {
    assert.equal(at(pod, "restartPolicy"), "OnFailure");
    assert.equal(at(pod, "terminationGracePeriodSeconds"), 300);
    const [volume] = [at(pod, "volumes", 0)];
    assert.deepEqual(volume, { name: "journal", emptyDir: { sizeLimit: "1Mi" } });
    assert.deepEqual(at(container, "volumeMounts"), [{ name: "journal", mountPath: "/journal" }]);
    assert.equal(variables({})["JOURNAL"], "/journal/answer");
  });

  it("is ended by no clock, which would take the keys with the pod", () => {
    assert.equal(at(planned.manifest, "spec", "activeDeadlineSeconds"), undefined);
    assert.equal(at(planned.manifest, "spec", "ttlSecondsAfterFinished"), undefined);
  });

  it("waits as long as Helm does for Harbor, whose images the kubelet may pull first, and gives up before Pulumi does", () => {
    const tries = Number(at(planned.manifest, "spec", "backoffLimit"));
    // The kubelet waits 10 seconds at first and then twice as long each time.
    const pauses = 10 * (2 ** tries - 1);
    const sum = tries * Number(variables({})["WAIT_SECONDS"]) + pauses;
    const pulumi = Number(at(planned.manifest, "metadata", "annotations", "pulumi.com/timeoutSeconds"));
    assert.ok(tries >= 2 && sum >= 1200 && sum <= pulumi - 300, String(sum));
  });

  it("runs the program as an argument, and its last sentence is what a person reads", () => {
    assert.deepEqual(at(container, "command"), ["node"]);
    assert.deepEqual(at(container, "args"), ["--input-type=module", "--eval", programs.vaultInit]);
    assert.equal(at(container, "terminationMessagePolicy"), "FallbackToLogsOnError");
  });

  it("tells the program where everything is", () => {
    assert.deepEqual(variables({ vault: { unseal: { shares: 5, threshold: 3 } } }), {
      VAULT_ADDR: "http://vault.vault.svc.cluster.local:8200",
      KUBERNETES_URL: "https://kubernetes.default.svc",
      NODE_EXTRA_CA_CERTS: "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
      NAMESPACE: "vault",
      TOKEN_FILE: "/var/run/secrets/kubernetes.io/serviceaccount/token",
      MODE: "kubernetes-secret",
      SEAL: "shamir",
      SHARES: "5",
      THRESHOLD: "3",
      JOURNAL: "/journal/answer",
      WAIT_SECONDS: "400",
      KEYS_SECONDS: "120",
      KEYS_SECRET: "vault-unseal-keys",
      BOOTSTRAP_SECRET: "vault-bootstrap-token",
      RECORD: "vault-initialisation",
    });
  });

  const expected: Readonly<Record<string, readonly [mode: string, seal: string, secret: string]>> = {
    "Vault, by itself": ["kubernetes-secret", "shamir", "vault-unseal-keys"],
    "Vault, by a person": ["manual", "shamir", "vault-unseal-keys"],
    "Vault, by another Vault": ["transit", "transit", "vault-recovery-keys"],
    "OpenBao, by itself": ["kubernetes-secret", "static", "vault-recovery-keys"],
    "OpenBao, by a person": ["manual", "shamir", "vault-unseal-keys"],
    "OpenBao, by another Vault": ["transit", "transit", "vault-recovery-keys"],
  };
  for (const { title, settings } of unsealRows) {
    it(`stores unseal keys or recovery keys, whichever there are: ${title}`, () => {
      const { MODE, SEAL, KEYS_SECRET } = variables(settings);
      assert.deepEqual([MODE, SEAL, KEYS_SECRET], expected[title]);
    });
  }

  it("T10: its image has an exact tag and comes through the mirror", () => {
    const job = plannedManifest(planVault(someVault({ imageRegistry: "mirror.lab.example" })), "vault-init").manifest;
    const image = at(job, "spec", "template", "spec", "containers", 0, "image");
    assert.equal(image, `mirror.lab.example/${images.node.repository}:${images.node.tag}`);
  });

  it("T12: its pod meets the restricted level and writes nowhere but on its journal", () => {
    assert.deepEqual(aboveRestricted(pod), []);
    assert.equal(at(container, "securityContext", "readOnlyRootFilesystem"), true);
  });

  it("T14: its container has requests and a memory limit", () => {
    assert.deepEqual(at(container, "resources"), {
      requests: { cpu: "20m", memory: "64Mi" },
      limits: { memory: "128Mi" },
    });
  });

  it("T15: has a token for the API server, which its account gives to no other pod", () => {
    assert.equal(at(pod, "serviceAccountName"), "vault-init");
    assert.equal(at(pod, "automountServiceAccountToken"), true);
    assert.equal(plannedManifest(plan, "vault-init-account").manifest["automountServiceAccountToken"], false);
  });

  it("T40: planned twice is the same", () => {
    assert.deepEqual(plannedManifest(planVault(someVault()), "vault-init"), planned);
  });
});
