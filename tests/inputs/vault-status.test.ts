import assert from "node:assert/strict";
import { type VaultEnvironment, vaultProblem } from "../../inputs/vault-status";
import { withService } from "../support/stand-in-service";

const person: VaultEnvironment = { token: "canary-token", otherToken: false, authorities: undefined };
const open = { status: 200, body: { initialized: true, sealed: false } };

interface Said {
  readonly status: number;
  readonly body: unknown;
}

/** What is said of a Vault that answers its seal status and a look at the token. */
async function problem(seal: Said, look: Said = open, environment = person): Promise<string | undefined> {
  const answers: Readonly<Record<string, Said>> = { "/v1/sys/seal-status": seal, "/v1/auth/token/lookup-self": look };
  let said: string | undefined;
  await withService(
    (path) => answers[path],
    async ({ address }) => {
      said = await vaultProblem(`${address}/`, environment, 2000);
    },
  );
  return said;
}

describe("status of Vault", () => {
  it("is no problem when it is open and knows the token", async () => {
    assert.equal(await problem(open), undefined);
  });

  const states: readonly (readonly [string, Said, RegExp])[] = [
    [
      "sealed",
      { status: 200, body: { initialized: true, sealed: true } },
      /^Vault is sealed; `npm run doctor` says who opens it/,
    ],
    [
      "uninitialised",
      { status: 200, body: { initialized: false, sealed: true } },
      /^Vault is not initialised, since the Job vault-init .*`kubectl -n vault logs job\/vault-init`/,
    ],
    ["behind a proxy without it", { status: 503, body: "no available server" }, /most often because it is sealed/],
  ];
  for (const [title, seal, expected] of states) {
    it(`is one sentence when it is ${title}`, async () => {
      assert.match((await problem(seal)) ?? "", expected);
    });
  }

  it("is one sentence when there is no token, unless `vault login` has left one", async () => {
    assert.match(
      (await problem(open, open, { ...person, token: undefined })) ?? "",
      /no token for Vault; `npm run with-vault -- pulumi up/,
    );
    assert.equal(await problem(open, open, { ...person, token: undefined, otherToken: true }), undefined);
  });

  it("is one sentence when it does not know the token, without showing it", async () => {
    const denied = { status: 403, body: { errors: ["permission denied"] } };
    const said = (await problem(open, denied)) ?? "";
    assert.match(said, /does not know the token of `VAULT_TOKEN`, or it has expired/);
    assert.doesNotMatch(said, /canary/);
    assert.match((await problem(open, open, { ...person, token: "canary\n" })) ?? "", /does not know the token/);
  });

  it("is not judged when something else answers", async () => {
    assert.equal(await problem({ status: 200, body: "<html>" }, { status: 404, body: "" }), undefined);
  });

  it("is told when nothing answers, and within the time that it has", async () => {
    assert.match((await vaultProblem("http://127.0.0.1:9", person)) ?? "", /^Vault does not answer/);
    await withService(
      () => undefined,
      async ({ address, asked }) => {
        assert.match((await vaultProblem(address, person, 100)) ?? "", /^Vault does not answer/);
        assert.deepEqual(asked, [["/v1/sys/seal-status", ""]]);
      },
    );
  });

  it("T16: is asked without the token where anybody may answer", async () => {
    await withService(
      () => open,
      async ({ address, asked }) => {
        await vaultProblem(address, person);
        assert.deepEqual(asked, [
          ["/v1/sys/seal-status", ""],
          ["/v1/auth/token/lookup-self", "canary-token"],
        ]);
      },
    );
  });
});
