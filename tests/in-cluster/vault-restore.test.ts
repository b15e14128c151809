import { restoreRows } from "../support/vault-backup/restore-rows";
import { plannedServer } from "../support/vault-life/planned-server";
import { serverProgram } from "../support/vault-life/server-program";
import { VaultServer } from "../support/vault-life/vault-server";

const rows = [
  { distribution: "vault", mode: "manual", opensItself: false },
  { distribution: "openbao", mode: "manual", opensItself: false },
  { distribution: "openbao", mode: "kubernetes-secret", opensItself: true },
] as const;

for (const { distribution, mode, opensItself } of rows)
  describe(`backup and restore of a real ${distribution}, unseal mode ${mode}`, function () {
    this.timeout(60_000);
    const program = serverProgram(distribution);
    if (program === undefined) return;
    const { config } = plannedServer(distribution, { mode });
    restoreRows({ program, opensItself, make: (around) => new VaultServer(program.path, config, {}, around) });
  });
