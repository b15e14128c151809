import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../plan/program-files";
import { runModule } from "../support/git/run-script";

const jwt = "canary-account-token";
const digest = `sha256:${"d".repeat(64)}`;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const loggedIn: Answer = { status: 200, body: { auth: { client_token: "canary-vault-token" } } };

describe("program sign-login", () => {
  let folder: string;
  let asked: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "idp-test-login-"));
    writeFileSync(join(folder, "account"), `${jwt}\n`);
    asked = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const file = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };

  /** Runs the program with a Vault that gives these answers one after the other, the last one for ever. */
  async function login(answers: readonly Answer[], variables: Readonly<Record<string, string>> = {}) {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        asked.push(`${request.method ?? ""} ${request.url ?? ""} ${Buffer.concat(parts).toString("utf8")}`);
        const { status, body } = answers[asked.length - 1] ?? answers.at(-1) ?? loggedIn;
        response.writeHead(status, { "content-type": "application/json", location: "http://127.0.0.1:1/" });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    const port = typeof at === "object" && at !== null ? at.port : 0;
    try {
      return await runModule(programs.signLogin, { ...usual(`http://127.0.0.1:${port}`), ...variables });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  function usual(address: string) {
    return {
      IMAGE: "harbor.lab.example/shop/api",
      DIGEST: digest,
      VAULT_ADDR: address,
      VAULT_AUTH: "kubernetes",
      VAULT_ROLE: "sign-shop",
      ACCOUNT_TOKEN_FILE: join(folder, "account"),
      VAULT_TOKEN_FILE: join(folder, "token"),
      WAIT_SECONDS: "0",
      MESSAGE_FILE: join(folder, "message"),
    };
  }

  async function refused(answer: Answer, sentence: RegExp, variables = {}) {
    const { code, err } = await login([answer], variables);
    assert.equal(code, 1);
    assert.match(err, sentence);
    assert.equal(file("message"), err.trimEnd());
    assert.equal(file("token"), undefined);
  }

  it("T34: logs in with the account's token and leaves Vault's in a file that only its user reads", async () => {
    const { code, out, err } = await login([loggedIn]);
    assert.deepEqual([code, err, file("token")], [0, "", "canary-vault-token"]);
    assert.equal(statSync(join(folder, "token")).mode & 0o777, 0o600);
    assert.deepEqual(asked, [`POST /v1/auth/kubernetes/login {"role":"sign-shop","jwt":"${jwt}"}`]);
    assert.equal(out, `harbor.lab.example/shop/api@${digest} is about to be signed as sign-shop\n`);
  });

  const error = { errors: ["permission denied"] };
  const sentences: readonly (readonly [number, unknown, RegExp])[] = [
    [400, error, /^Vault knows no role sign-shop .*; run `pulumi up` of the projects stack$/m],
    [403, error, /^Vault does not let this service account log in .*; run `pulumi up` of the vault stack and/],
    [418, error, /^Vault refuses the login \(418\); see its audit log$/m],
    [503, error, /^Vault is sealed; unseal it as docs\/runbook\.md says/],
    [500, error, /^Vault cannot answer now \(500\)/],
    [200, "hello", /^what answers at Vault's address is not Vault$/m],
  ];
  for (const [status, body, sentence] of sentences)
    it(`says in one sentence what a ${status} means, and what to do`, () => refused({ status, body }, sentence));

  it("says in one sentence that nobody answers, and what to do", async () => {
    const VAULT_ADDR = "http://127.0.0.1:1";
    await refused(loggedIn, /^Vault does not answer at http:\/\/127\.0\.0\.1:1; see whether its pod runs/, {
      VAULT_ADDR,
    });
  });

  it("waits for a Vault that starts anew, and for no other refusal", async () => {
    const sealed = { status: 503, body: { errors: ["Vault is sealed"] } };
    assert.equal((await login([sealed, loggedIn], { WAIT_SECONDS: "10" })).code, 0);
    assert.deepEqual([asked.length, file("token")], [2, "canary-vault-token"]);
    asked = [];
    assert.equal((await login([{ status: 403, body: {} }], { WAIT_SECONDS: "10" })).code, 1);
    assert.equal(asked.length, 1);
  }).timeout(10_000);

  it("follows no redirect, which could lead the account's token elsewhere", async () => {
    await refused({ status: 307, body: {} }, /^Vault does not answer at /);
    assert.equal(asked.length, 1);
  });

  it("asks Vault for nothing when the build left no digest", async () => {
    for (const DIGEST of ["", "latest", `${digest}\n`, `${digest}0`, "sha256:$(touch made)"])
      await refused(loggedIn, /^the build left no digest of an image/, { DIGEST });
    assert.deepEqual(asked, []);
  });

  it("T16: says neither token, whatever happens", async () => {
    const echo = { status: 403, body: { errors: [jwt] } };
    for (const answer of [loggedIn, echo, { status: 200, body: { auth: {} } }]) {
      const { out, err } = await login([answer]);
      assert.doesNotMatch(`${out}${err}${file("message") ?? ""}`, /canary/);
    }
    rmSync(join(folder, "account"));
    const { code, err } = await login([loggedIn]);
    assert.equal(code, 1);
    assert.doesNotMatch(err, /canary/);
  });

  it("keeps odd values whole", async () => {
    await login([loggedIn], { VAULT_ROLE: '"},"x":"`$(touch made)`\n' });
    assert.deepEqual(asked, [
      `POST /v1/auth/kubernetes/login ${JSON.stringify({ role: '"},"x":"`$(touch made)`\n', jwt })}`,
    ]);
  });
});
