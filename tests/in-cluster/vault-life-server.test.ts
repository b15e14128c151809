import { hasTerminal } from "../support/vault-backup/command-line";
import { realServers } from "../support/vault-life/life-places";
import { rootTokenRows } from "../support/vault-life/root-token-rows";
import { distributions, serverProgram } from "../support/vault-life/server-program";
import { wholeLifeRows } from "../support/vault-life/whole-life-rows";

for (const distribution of distributions)
  describe(`life of a real ${distribution}`, function () {
    this.timeout(60_000);
    const place = realServers(distribution);
    if (place === undefined) return;
    wholeLifeRows(place);
    const program = serverProgram(distribution);
    if (!hasTerminal()) process.stdout.write("  left out: there is no program `script` of util-linux here\n");
    else if (program) rootTokenRows(place, program);
  });
