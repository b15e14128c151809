import { SealedVault } from "../support/vault-life/sealed-vault";
import { unsealerRows } from "../support/vault-life/unsealer-rows";
import { wayOfNode } from "../support/vault-life/unsealer-ways";

describe(`script vault-unseal, for a stand-in of Vault, with ${wayOfNode.name}`, () => {
  unsealerRows(wayOfNode, () => new SealedVault());
});
