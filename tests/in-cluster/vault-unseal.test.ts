import { SealedVault } from "../support/vault-life/sealed-vault";
import { unsealerRows } from "../support/vault-life/unsealer-rows";
import { waysOfMachine } from "../support/vault-life/unsealer-ways";

describe("script vault-unseal, for a stand-in of Vault", () => {
  for (const way of waysOfMachine)
    describe(`with ${way.name}`, () => {
      unsealerRows(way, () => new SealedVault());
    });
});
