import assert from "node:assert/strict";
import { labAuthority } from "../../support/operator/lab-authority";
import { loginToken } from "../../support/operator/login-stand-in";
import { bootstrapToken, jwt, OperatorPlace, type PlaceOptions, rows } from "../../support/operator/operator-place";

/** Runs with a place of its own, and proves that no token is in what was printed, asked or left. */
async function inPlace(options: PlaceOptions, use: (place: OperatorPlace) => Promise<void>): Promise<void> {
  const place = await new OperatorPlace(options).start();
  try {
    await use(place);
    assert.deepEqual(place.leftovers, []);
    assert.doesNotMatch(place.kubectl.asked.join("\n"), /canary/i);
  } finally {
    place.dispose();
  }
}

const paths = ({ vault }: OperatorPlace) => vault.requests.map(({ method, path }) => `${method} ${path}`);

describe("npm run with-vault", () => {
  it("lends a token of the operator's role for the time of the command, and revokes it", async () => {
    await inPlace({}, async (place) => {
      const script = 'echo "$VAULT_ADDR $VAULT_TOKEN ${VAULT_CACERT-none} $*" > "$SEEN"';
      const { code, stdout, stderr } = await place.withVault(["sh", "-c", script, "sh", "--stack", "x", "-h"]);
      assert.deepEqual([code, stdout, stderr], [0, "", ""]);
      assert.equal(place.seen, `${place.vault.address} ${loginToken} none --stack x -h\n`);
      assert.deepEqual(place.kubectl.asked, [
        "--context default --request-timeout 10s -n vault get secret vault-bootstrap-token -o json",
        "--context default --request-timeout 10s -n vault create token vault-operator --audience vault --duration 10m",
      ]);
      assert.deepEqual(place.vault.requests, [
        { method: "GET", path: "/v1/sys/seal-status", body: "" },
        { method: "POST", path: "/v1/auth/kubernetes/login", body: JSON.stringify({ role: "idp-operator", jwt }) },
        { method: "POST", path: "/v1/auth/token/revoke-self", token: loginToken, body: "" },
      ]);
    });
  });

  it("lends the bootstrap token while there is one, says so, and leaves its end to the vault stack", async () => {
    await inPlace({ kubectl: [rows.first] }, async (place) => {
      const { code, stderr } = await place.withVault(["sh", "-c", 'echo "$VAULT_TOKEN" > "$SEEN"']);
      assert.equal(code, 0);
      assert.equal(
        stderr,
        "with-vault: uses the bootstrap token of Vault, which `pulumi up --stack homelab-vault` takes away at its end\n",
      );
      assert.equal(place.seen, `${bootstrapToken}\n`);
      assert.deepEqual(paths(place), ["GET /v1/sys/seal-status", "GET /v1/auth/token/lookup-self"]);
    });
  });

  it("lends a bootstrap token that a person has stored, whose file ends with a line end", async () => {
    const data = { token: Buffer.from(`${bootstrapToken}\n`).toString("base64") };
    const first = { asked: rows.first.asked, stdout: JSON.stringify({ data }) };
    await inPlace({ kubectl: [first] }, async (place) => {
      const { code, stderr } = await place.withVault(["sh", "-c", 'echo "$VAULT_TOKEN" > "$SEEN"']);
      assert.equal(code, 0, stderr);
      assert.equal(place.seen, `${bootstrapToken}\n`);
    });
  });

  it("passes over a bootstrap token that Vault no longer knows, or that is not the person's to read", async () => {
    const denied = { asked: rows.first.asked, stderr: "Error from server (Forbidden): no\n" };
    for (const first of [rows.first, denied]) {
      await inPlace({ kubectl: [first, rows.account] }, async (place) => {
        place.vault.answers.set("/v1/auth/token/lookup-self", { status: 403, body: { errors: ["permission denied"] } });
        const { code, stderr } = await place.withVault(["sh", "-c", 'echo "$VAULT_TOKEN" > "$SEEN"']);
        assert.deepEqual([code, stderr, place.seen], [0, "", `${loginToken}\n`]);
        assert.equal(paths(place).at(-1), "POST /v1/auth/token/revoke-self");
      });
    }
  });

  it("uses a token and files that are given as they are, and asks the cluster nothing", async () => {
    await inPlace({ kubectl: [] }, async (place) => {
      Object.assign(place.variables, { VAULT_TOKEN: "hvs.CanaryGiven", NODE_EXTRA_CA_CERTS: "/node" });
      const script = 'echo "$VAULT_TOKEN ${VAULT_CACERT-none} $NODE_EXTRA_CA_CERTS" > "$SEEN"';
      const { code, stderr } = await place.withVault(["sh", "-c", script]);
      assert.deepEqual([code, stderr], [0, "with-vault: VAULT_TOKEN is set, and is used as it is\n"]);
      assert.equal(place.seen, "hvs.CanaryGiven none /node\n");
      assert.deepEqual(place.kubectl.asked, []);
      assert.deepEqual(paths(place), ["GET /v1/sys/seal-status"]);
    });
  });

  it("takes the address of the vault stack's file where none is given", async () => {
    await inPlace({}, async (place) => {
      const config = `config:\n  idp:role: vault\n  idp:platform: homelab\n  idp:vaultAddress: ${place.vault.address}\n`;
      place.cluster.write("Pulumi.homelab-vault.yaml", config);
      place.variables["VAULT_ADDR"] = "";
      assert.equal((await place.withVault(["sh", "-c", 'echo "$VAULT_ADDR" > "$SEEN"'])).code, 0);
      assert.equal(place.seen, `${place.vault.address}\n`);
    });
  });

  it("hands over the exit code, and 128 and the number of a signal that ended the command", async () => {
    for (const [script, expected] of [
      ["exit 3", 3],
      ["kill -9 $$", 137],
    ] as const) {
      await inPlace({}, async (place) => {
        assert.equal((await place.withVault(["sh", "-c", script])).code, expected);
        assert.equal(paths(place).at(-1), "POST /v1/auth/token/revoke-self");
      });
    }
  });

  it("says it where the token could not be revoked, and keeps the command's exit code", async () => {
    await inPlace({}, async (place) => {
      place.vault.answers.set("/v1/auth/token/revoke-self", { status: 503, body: { errors: ["Vault is sealed"] } });
      const { code, stderr } = await place.withVault(["sh", "-c", "exit 4"]);
      assert.equal(code, 4);
      assert.match(stderr, /^with-vault: the token [^\n]+ could not be revoked; it ends by itself, [^\n]+\n$/);
    });
  });
});

describe("npm run with-vault, and the cluster's own authority", () => {
  const https = { scheme: "https" } as const;
  const script =
    'echo "$VAULT_CACERT $NODE_EXTRA_CA_CERTS" > "$SEEN"; cat "$VAULT_CACERT" >> "$SEEN"; ls -l "$VAULT_CACERT" >> "$SEEN"';

  it("is trusted by the login and by the command, from a file that only the person reads and that goes", async () => {
    await inPlace(https, async (place) => {
      assert.deepEqual(await place.withVault(["sh", "-c", script]), { code: 0, stdout: "", stderr: "" });
      const [first = "", ...rest] = place.seen.split("\n");
      const [vault = "", node = ""] = first.split(" ");
      assert.ok(vault.startsWith(place.temporary) && vault === node, first);
      assert.ok(rest.join("\n").startsWith(labAuthority.certificate));
      assert.match(rest.join("\n"), /^-rw------- /m);
      assert.equal(paths(place).at(-1), "POST /v1/auth/token/revoke-self");
    });
  });

  it("is not known to programs of Node that have another file already, which is said where it is so", async () => {
    for (const [text, expected] of [
      ["", /^with-vault: NODE_EXTRA_CA_CERTS names \S+own\.crt already, so programs of Node [^\n]+ lab-ca [^\n]+\n$/],
      [`of others\n${labAuthority.certificate}`, /^$/],
    ] as const) {
      await inPlace(https, async (place) => {
        place.cluster.write("own.crt", text);
        place.variables["NODE_EXTRA_CA_CERTS"] = `${place.cluster.path}/own.crt`;
        const { code, stderr } = await place.withVault(["sh", "-c", script]);
        assert.equal(code, 0);
        assert.match(stderr, expected);
        assert.match(place.seen, /^\S+lab-ca\.crt \S+own\.crt\n/);
      });
    }
  });

  it("is not asked for where a file is given, which counts for programs of Node too", async () => {
    await inPlace(https, async (place) => {
      place.cluster.write("own.crt", labAuthority.certificate);
      const own = `${place.cluster.path}/own.crt`;
      place.variables["VAULT_CACERT"] = own;
      assert.equal((await place.withVault(["sh", "-c", script])).code, 0);
      assert.ok(place.seen.startsWith(`${own} ${own}\n`));
      assert.ok(!place.kubectl.asked.some((asked) => asked.includes("lab-ca")));
    });
  });

  it("takes its file away too when the token cannot be had", async () => {
    await inPlace({ ...https, kubectl: [rows.authority] }, async (place) => {
      const { code, stderr } = await place.withVault(["true"]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^error: the cluster has no service account vault-operator; run `pulumi up --stack homelab`/,
      );
    });
  });

  it("is not what a stranger shows: no token is sent", async () => {
    await inPlace({ ...https, kubectl: [rows.account] }, async (place) => {
      place.cluster.write(
        "Pulumi.homelab.yaml",
        "config:\n  idp:role: platform\n  idp:domain: lab.example\n  idp:tls: {mode: traefik}\n",
      );
      const { code, stderr } = await place.withVault(["true"]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^error: the certificate of Vault at \S+ is signed by nobody that is trusted here[^\n]+VAULT_CACERT[^\n]+\n$/,
      );
      assert.deepEqual(paths(place), ["GET /v1/sys/seal-status"]);
    });
  });
});
