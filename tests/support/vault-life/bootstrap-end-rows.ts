import assert from "node:assert/strict";
import { vaultObjects } from "../../../model/vault-names";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";
import type { LifeRun } from "./life-run";

const gone = /^Vault takes its bootstrap token no more\nthe Secret vault-bootstrap-token is deleted$/m;

/** What `vault-bootstrap-end` does. */
export function bootstrapEndRows(place: LifePlace): void {
  const row = rowsAt(place);

  row("revokes the bootstrap token, proves it, and deletes its Secret", async (run) => {
    const token = await bootstrapToken(run);
    assert.equal(await statusOf(run, token), 200);
    const end = await run.bootstrapEnd(`${token}\n`);
    assert.equal(await end.code(), 0, end.output);
    assert.match(end.output, gone);
    assert.equal(await statusOf(run, token), 403);
    assert.equal(await secretOf(run), undefined);
    const calls = run.vaultGate.calls.map(({ asked }) => asked);
    assert.deepEqual(calls, ["POST /v1/auth/token/revoke-self", "GET /v1/auth/token/lookup-self"]);
    const again = await run.bootstrapEnd(token);
    assert.equal(await again.code(), 0, again.output);
  });

  row("deletes the Secret of a token that was revoked before", async (run) => {
    const token = await bootstrapToken(run);
    await statusOf(run, token, { method: "POST", path: "revoke-self" });
    const end = await run.bootstrapEnd(token);
    assert.equal(await end.code(), 0, end.output);
    assert.match(end.output, gone);
    assert.equal(await secretOf(run), undefined);
  });

  row("has nothing to do without the Secret", async (run) => {
    for (const token of [undefined, "", "\n"]) {
      const end = await run.bootstrapEnd(token);
      assert.equal(await end.code(), 0, end.output);
      assert.equal(end.output, "there is no bootstrap token of Vault any more\n");
    }
    assert.deepEqual([run.apiGate.calls, run.vaultGate.calls], [[], []]);
  });

  row("keeps the Secret while Vault is sealed, and goes on when it is open", async (run) => {
    const token = await bootstrapToken(run);
    const [key = ""] = Object.values((await run.api.data("secret", run.keysSecret)) ?? {});
    await run.restartVault();
    const early = await run.bootstrapEnd(token, { WAIT_SECONDS: "1" });
    assert.equal(await early.code(), 75);
    assert.match(early.output, /^Vault answers 503 to the request to revoke its bootstrap token: .*sealed/m);
    assert.deepEqual(await secretOf(run), { token });
    const end = await run.bootstrapEnd(token);
    await fetch(`${run.vault.address}/v1/sys/unseal`, { method: "POST", body: JSON.stringify({ key }) });
    assert.equal(await end.code(), 0, end.output);
    assert.equal(await statusOf(run, token), 403);
  });

  row("keeps the Secret while Vault is away", async (run) => {
    const token = await bootstrapToken(run);
    await run.vaultGate.close();
    const end = await run.bootstrapEnd(token, { WAIT_SECONDS: "1" });
    assert.equal(await end.code(), 75);
    assert.match(end.output, /^Vault does not answer at http:.*ECONNREFUSED/m);
    assert.deepEqual(await secretOf(run), { token });
  });

  row("does not believe a revocation that it cannot prove", async (run) => {
    const token = await bootstrapToken(run);
    run.vaultGate.before = ({ asked }) => (asked.includes("revoke") ? { status: 200, body: "" } : undefined);
    const end = await run.bootstrapEnd(token, { WAIT_SECONDS: "1" });
    assert.equal(await end.code(), 75);
    assert.match(end.output, /^Vault has revoked its bootstrap token, and still takes it/m);
    assert.deepEqual(await secretOf(run), { token });
  });

  row("gives up when its time is over, however many steps are left", async (run) => {
    const token = await bootstrapToken(run);
    let since = 0;
    run.vaultGate.before = ({ asked }) => {
      if (!asked.includes("revoke")) return undefined;
      since ||= Date.now();
      return { status: Date.now() - since < 3000 ? 500 : 200, body: "" };
    };
    const end = await run.bootstrapEnd(token, { WAIT_SECONDS: "4" });
    assert.equal(await end.code(), 75);
    assert.match(end.output, /still takes it/);
    assert.ok(run.vaultGate.count(/lookup/) <= 2, String(run.vaultGate.count(/lookup/)));
  });

  row("says which Secret is left when the API server refuses to delete it", async (run) => {
    const token = await bootstrapToken(run);
    run.apiGate.before = () => ({ status: 403, body: `{"message":"no, not ${token}"}` });
    const end = await run.bootstrapEnd(token);
    assert.equal(await end.code(), 1);
    assert.match(
      end.output,
      /answers 403 .*; the token is revoked, .*: kubectl -n \S+ delete secret vault-bootstrap-token$/m,
    );
    run.apiGate.before = () => undefined;
    assert.equal(await (await run.bootstrapEnd(token)).code(), 0);
    assert.equal(await secretOf(run), undefined);
  });

  row("tries again what passes", async (run) => {
    const token = await bootstrapToken(run);
    const fates = [500, 401, 429];
    const failing = () => {
      const status = fates.shift();
      return status === undefined ? undefined : { status, body: "{}" };
    };
    run.apiGate.before = failing;
    run.vaultGate.after = ({ asked }) =>
      asked.includes("revoke") && run.vaultGate.calls.length === 1 ? "cut" : undefined;
    const end = await run.bootstrapEnd(token);
    assert.equal(await end.code(), 0, end.output);
    assert.deepEqual(fates, []);
    assert.equal(await secretOf(run), undefined);
  });

  row("takes no value that has not its form, and no token that is none", async (run) => {
    for (const name of ["VAULT_ADDR", "KUBERNETES_URL", "NAMESPACE", "BOOTSTRAP_SECRET"])
      for (const value of ["", "../x", "a?b", "a\nb"]) {
        const end = await run.bootstrapEnd("hvs.any", { [name]: value });
        assert.equal(await end.code(), 1);
        assert.equal(end.output, `${name} has not the form that it must have\n`);
      }
    const odd = await run.bootstrapEnd("hvs.one\nhvs.two");
    assert.ok((await odd.code()) !== 0);
    assert.equal(odd.output, "the file that BOOTSTRAP_TOKEN_FILE names holds no token\n");
    assert.deepEqual([run.apiGate.calls, run.vaultGate.calls], [[], []]);
  });
}

/** Lets the other program make everything. Its requests are forgotten, what it must not say is not. */
async function bootstrapToken(run: LifeRun): Promise<string> {
  const init = await run.init();
  assert.equal(await init.code(), 0, init.output);
  run.vaultGate.calls.length = 0;
  return run.given[0]?.token ?? "";
}

function secretOf({ api }: LifeRun) {
  return api.data("secret", vaultObjects.bootstrapToken);
}

async function statusOf(run: LifeRun, token: string, { method = "GET", path = "lookup-self" } = {}): Promise<number> {
  const headers = { "x-vault-token": token };
  return (await fetch(`${run.vault.address}/v1/auth/token/${path}`, { method, headers })).status;
}
