import assert from "node:assert/strict";
import { type KubectlRow, kubectlErrors } from "../../support/operator/kubectl-stand-in";
import { OperatorPlace } from "../../support/operator/operator-place";
import { now, objects } from "../../support/operator/vault-objects";

const row = (asked: string, seen: { readonly kind: string; readonly object?: unknown }): KubectlRow => ({
  asked: `-n vault get ${asked} -o json`,
  stdout: JSON.stringify(seen.kind === "there" ? seen.object : null),
});

/** A cluster where all is well. */
const healthy: readonly KubectlRow[] = [
  row("pod vault-0", objects.pod),
  row("job vault-init", objects.init),
  row("pods -l job-name=vault-init", objects.initPods),
  row("configmap vault-initialisation", objects.record),
  row("deployment vault-unsealer", objects.unsealer),
  row("cronjob vault-backup", objects.backup),
  { asked: "get secret vault-unseal-keys -o name", stdout: "secret/vault-unseal-keys\n" },
];

const bootstrapToken = { asked: "get secret vault-bootstrap-token -o name", stdout: "secret/vault-bootstrap-token\n" };

describe("npm run doctor", () => {
  let place: OperatorPlace;
  beforeEach(async () => {
    place = await new OperatorPlace({ kubectl: healthy }).start();
  });
  afterEach(() => {
    place.dispose();
  });

  it("says on one screen that all is well, and that with its exit code", async () => {
    const { code, stdout, stderr } = await place.doctor([], now);
    assert.equal(stderr, "");
    assert.equal(
      stdout,
      [
        "Vault of homelab, context default, unseal mode kubernetes-secret",
        "",
        `  ok       Vault answers at ${place.vault.address} and is open (version 1.21.0)`,
        "  ok       the pod vault-0 is ready, 1 restart",
        "  ok       the Job vault-init has ended well",
        "  ok       the keys of the initialisation were stored",
        "  ok       the unsealer (Deployment vault-unsealer) runs",
        "  ok       the keys that open Vault are in the cluster (Secret",
        "           vault-unseal-keys); keep a copy outside of it",
        "  ok       the bootstrap token is gone",
        "  ok       the last snapshot is 8 hours old",
        "",
        "All is well.",
        "",
      ].join("\n"),
    );
    assert.equal(code, 0);
  });

  it("asks Vault without a token, and of Secrets nothing but whether they are there", async () => {
    place.variables["VAULT_TOKEN"] = "hvs.Canary";
    await place.doctor([], now);
    const asked = place.vault.requests.map(({ method, path, token }) => [method, path, token]);
    assert.deepEqual(asked.sort(), [
      ["GET", "/v1/sys/health", undefined],
      ["GET", "/v1/sys/seal-status", undefined],
    ]);
    const secrets = place.kubectl.asked.filter((words) => words.includes("secret"));
    assert.equal(secrets.length, 5);
    for (const words of secrets)
      assert.match(words, /^--context default --request-timeout 10s -n vault get secret \S+ -o name$/);
    assert.ok(
      place.kubectl.asked.every((words) => words.includes(" get ")),
      "it only looks",
    );
  });

  it("keeps a command on one line, and counts what is wrong and what could not be seen", async () => {
    const denied = { asked: "get cronjob", stderr: kubectlErrors.denied };
    place.kubectl.answer([bootstrapToken, denied, ...healthy]);
    const { code, stdout } = await place.doctor([], now);
    assert.equal(code, 1);
    const lines = stdout.split("\n");
    assert.ok(lines.includes("           -> `npm run with-vault -- pulumi up --stack homelab-vault` takes it"));
    assert.equal(lines.at(-2), "1 thing to mend, 1 thing could not be seen");
  });

  it("tells what a program of the cluster said, without what could move the cursor", async () => {
    const trouble = "\u001b[2JVault was initialised by somebody else.\n  kubectl -n vault create secret generic x\n";
    const record = row("configmap vault-initialisation", { kind: "there", object: { data: { trouble } } });
    const init = row("job vault-init", {
      kind: "there",
      object: { status: { conditions: [{ type: "Failed", status: "True" }] } },
    });
    place.kubectl.answer([record, init, ...healthy]);
    const { code, stdout } = await place.doctor([], now);
    assert.equal(code, 1);
    const said =
      "           | ?[2JVault was initialised by somebody else.\n           |   kubectl -n vault create secret generic x\n";
    assert.ok(stdout.includes(said), stdout);
  });

  const blind: readonly (readonly [
    title: string,
    rows: readonly KubectlRow[],
    path: string | undefined,
    expected: RegExp,
  ])[] = [
    [
      "there is no kubectl",
      [],
      "/nowhere",
      /unknown {2}nothing could be seen of the cluster\n +-> there is no command `kubectl` here/,
    ],
    [
      "the context is unknown",
      [{ asked: "", stderr: kubectlErrors.context }],
      undefined,
      /-> the kubeconfig has no context `default`;/,
    ],
    [
      "the API server is away",
      [{ asked: "", stderr: kubectlErrors.silent }],
      undefined,
      /-> the API server of the context `default` does not\s+answer/,
    ],
  ];
  for (const [title, rows, path, expected] of blind) {
    it(`still says how Vault is when ${title}, and asks the cluster once`, async () => {
      place.kubectl.answer(rows);
      if (path !== undefined) place.variables["PATH"] = path;
      const { code, stdout } = await place.doctor([], now);
      assert.equal(code, 1);
      assert.match(stdout, /^ {2}ok {7}Vault answers at /m);
      assert.match(stdout, expected);
      assert.ok(place.kubectl.asked.length <= 1);
    });
  }

  it("asks Vault alone where the network leads to it, and finds a sealed one by its pod where it does not", async () => {
    const sealed = { metadata: { labels: { "vault-sealed": "true" } }, status: { phase: "Running" } };
    place.kubectl.answer([row("pod vault-0", { kind: "there", object: sealed }), ...healthy]);
    place.variables["VAULT_ADDR"] = "http://127.0.0.1:9";
    const { code, stdout } = await place.doctor([], now);
    assert.equal(code, 1);
    assert.match(stdout, /wrong {4}Vault does not answer at http:\/\/127.0.0.1:9 \(ECONNREFUSED\)/);
    assert.match(stdout, /wrong {4}the pod vault-0 is not ready: it says that it is sealed/);
  });

  it("has help, and refuses what it does not know with exit code 2", async () => {
    const { code, stdout } = await place.doctor(["--help"]);
    assert.equal(code, 0);
    assert.ok(stdout.split("\n").every((line) => line.length <= 80));
    assert.deepEqual([(await place.doctor(["--nix"])).code, (await place.doctor(["now"])).code], [2, 2]);
    assert.match((await place.doctor(["now"])).stderr, /but got 1; see `npm run doctor -- --help`/);
    assert.equal((await place.doctor(["--platform", "x"])).code, 2);
    place.cluster.write("Pulumi.homelab.yaml", "config:\n  idp:role: platform\n");
    assert.equal((await place.doctor()).code, 1);
  });

  it("is a command of package.json", async () => {
    place.kubectl.answer([bootstrapToken, ...healthy]);
    const { code, stdout, stderr } = await place.npm("doctor", []);
    assert.equal(stderr, "");
    assert.equal(code, 1);
    assert.match(stdout, /^ {2}wrong {4}the bootstrap token is still there/m);
  });
});
