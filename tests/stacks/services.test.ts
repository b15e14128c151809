import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { refusal } from "../../stacks/refusal";
import { requireGitHub, requireVault, type Services } from "../../stacks/services";
import { InputError } from "../../model/input-error";
import { deploy } from "../support/mock-engine";
import { readyServices } from "../support/ready-services";

const sealed: Services = { ...readyServices, vault: () => Promise.resolve("Vault is sealed; unseal it") };
const strange: Services = {
  ...readyServices,
  gitHub: ({ owner }) => Promise.resolve(owner === "me" ? undefined : `no token of ${owner}`),
};
const credentials = new Map(["me", "myorg", "other"].map((owner) => [owner, { kind: "token", token: "t" } as const]));

/** How the call ends while the program runs. */
async function failureOf(call: () => Promise<void>, preview: boolean): Promise<unknown> {
  let failure: unknown;
  const program = async () => {
    failure = await call().then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  assert.deepEqual(await deploy(program, { preview }), []);
  return failure;
}

describe("services that the stacks need", () => {
  it("stop `up` before anything is changed when Vault would refuse it", async () => {
    const failure = await failureOf(() => requireVault(sealed, "https://vault.lab.example"), false);
    assert.ok(pulumi.RunError.isInstance(failure));
    assert.equal(failure.message, "Vault is sealed; unseal it; nothing was changed (https://vault.lab.example)");
    assert.equal(await failureOf(() => requireVault(readyServices, "https://vault.lab.example"), false), undefined);
  });

  it("do not stop a preview for Vault, which it does not ask", async () => {
    assert.equal(await failureOf(() => requireVault(sealed, "https://vault.lab.example"), true), undefined);
  });

  for (const preview of [true, false]) {
    it(`stop ${preview ? "a preview" : "`up`"} with all that GitHub would refuse`, async () => {
      const failure = await failureOf(() => requireGitHub(strange, credentials, ""), preview);
      assert.ok(pulumi.RunError.isInstance(failure));
      assert.equal(failure.message, "no token of myorg\nno token of other\nnothing was changed");
    });
  }
});

describe("a refusal", () => {
  it("is a RunError with the report alone, since formatting a trace can take Node 20 gigabytes", () => {
    for (const error of [new InputError([]), new pulumi.RunError("a report")]) {
      const thrown = refusal(error);
      assert.ok(pulumi.RunError.isInstance(thrown));
      assert.equal(thrown.message, error.message);
      assert.equal(thrown.stack, error.message);
    }
  });

  it("is no mistake of the program, which keeps its trace", () => {
    const mistake = new Error("unexpected");
    assert.equal(refusal(mistake), mistake);
  });
});
