import assert from "node:assert/strict";
import { ask } from "../../inputs/service-request";
import { vaultState, type VaultState } from "../../inputs/vault-status";
import { type Json, jsonAt } from "../../model/json";
import { labAuthority } from "../support/operator/lab-authority";
import { LoginStandIn } from "../support/operator/login-stand-in";

const patience = 1000;

describe("answer of a service", () => {
  let service: LoginStandIn;
  beforeEach(async () => {
    service = new LoginStandIn("https");
    await service.start();
  });
  afterEach(() => {
    service.stop();
  });

  it("comes to what is sent", async () => {
    const address = `${service.address}/v1/auth/kubernetes/login`;
    const body = { role: "r\u00f6le" };
    const answer = await ask({ method: "POST", address, body, authorities: labAuthority.certificate, patience });
    assert.equal(answer.kind === "answer" && answer.status, 200);
    assert.deepEqual(service.requests, [
      { method: "POST", path: "/v1/auth/kubernetes/login", body: JSON.stringify(body) },
    ]);
  });

  it("is none of a stranger's, unless anybody may answer", async () => {
    const question = { address: `${service.address}/v1/sys/seal-status`, patience };
    assert.deepEqual(await ask(question), { kind: "untrusted" });
    assert.deepEqual(service.requests, []);
    assert.equal((await ask({ ...question, anyServer: true })).kind, "answer");
  });

  it("is silence with the reason of the system, where that has one", async () => {
    assert.deepEqual(await ask({ address: "http://127.0.0.1:9/", patience }), {
      ...{ kind: "silent", reason: "ECONNREFUSED" },
    });
  });

  const states: readonly (readonly [status: number, body: unknown, expected: VaultState])[] = [
    [200, { initialized: false, sealed: true }, { kind: "uninitialised" }],
    [200, { initialized: true, sealed: true, t: 3, n: 5, progress: 2 }, { kind: "sealed", given: 2, needed: 3 }],
    [200, { initialized: true, sealed: true }, { kind: "sealed", given: 0, needed: 0 }],
    [200, { initialized: true, sealed: false, version: "1.21.0" }, { kind: "open", version: "1.21.0" }],
    [200, { initialized: true, sealed: false, version: {} }, { kind: "open", version: "" }],
    [503, "no available server", { kind: "unready" }],
    [404, "<html>", { kind: "strange", status: 404 }],
    [200, "<html>", { kind: "strange", status: 200 }],
  ];
  for (const [status, body, expected] of states) {
    it(`says of Vault: ${JSON.stringify(expected)}`, async () => {
      service.answers.set("/v1/sys/seal-status", { status, body });
      assert.deepEqual(await vaultState(`${service.address}/`, patience), expected);
    });
  }
});

describe("place in plain data", () => {
  const data: Json = { a: [{ b: 1 }], "c.d": null };
  const rows: readonly (readonly [path: readonly (string | number)[], expected: Json | undefined])[] = [
    [["a", 0, "b"], 1],
    [["c.d"], null],
    [["c.d", "e"], undefined],
    [["a", 1, "b"], undefined],
    [["a", "length"], undefined],
    [["toString"], undefined],
    [[], data],
  ];
  for (const [path, expected] of rows) {
    it(`${JSON.stringify(path)} holds ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(jsonAt(data, ...path), expected);
    });
  }
});
