import assert from "node:assert/strict";
import type { Finding } from "../../../cli/doctor/finding";
import { findings } from "../../../cli/doctor/findings";
import { doctorRows } from "../../support/operator/doctor-rows";
import { jobRows } from "../../support/operator/job-rows";
import { type FactsChanges, someFacts } from "../../support/operator/vault-objects";

/** What is not well, in one text each. */
function troubles(changes: FactsChanges): readonly string[] {
  return findings(someFacts(changes))
    .filter(({ status }) => status !== "ok")
    .map(({ status, text, remedy, said = [] }) => [`${status}: ${text}`, ...said, remedy ?? ""].join(" | "));
}

describe("what the doctor finds", () => {
  it("is that all is well, thing by thing", () => {
    const found: readonly Finding[] = findings(someFacts());
    assert.deepEqual(
      found.map(({ status, text }) => `${status}: ${text}`),
      [
        "ok: Vault answers at https://vault.lab.example and is open (version 1.21.0)",
        "ok: the pod vault-0 is ready, 1 restart",
        "ok: the Job vault-init has ended well",
        "ok: the keys of the initialisation were stored",
        "ok: the unsealer (Deployment vault-unsealer) runs",
        "ok: the keys that open Vault are in the cluster (Secret vault-unseal-keys); keep a copy outside of it",
        "ok: the bootstrap token is gone",
        "ok: the last snapshot is 8 hours old",
      ],
    );
  });

  for (const [title, changes, ...expected] of [...doctorRows, ...jobRows]) {
    it(`is what to do about a Vault ${title}`, () => {
      assert.deepEqual(troubles(changes), expected);
    });
  }
});
