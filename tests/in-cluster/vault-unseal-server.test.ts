import { plannedServer } from "../support/vault-life/planned-server";
import { distributions, serverProgram } from "../support/vault-life/server-program";
import { unsealerRows } from "../support/vault-life/unsealer-rows";
import { likeVaultsImage } from "../support/vault-life/unsealer-ways";
import { VaultServer } from "../support/vault-life/vault-server";

for (const distribution of distributions)
  describe(`script vault-unseal, for a real ${distribution}, with ${likeVaultsImage.name}`, () => {
    const program = serverProgram(distribution);
    const { config } = plannedServer(distribution, { mode: "manual" });
    if (program) unsealerRows(likeVaultsImage, () => new VaultServer(program.path, config));
  });
