import { readClusterFiles } from "../inputs/cluster-files";
import { type ExitCode, readCommand } from "./command";
import { enteredSecrets } from "./entered-secrets";
import { pendingSecrets, type VaultAccess } from "./entered-secrets-vault";
import { planCluster } from "./plan-cluster";
import { reportError } from "./report-error";
import { type Io, run } from "./run";

/** The offline plan, and with `--vault` what Vault says about it: the only thing that needs the network. */
export async function runWithVault(argv: readonly string[], io: Io, access: VaultAccess): Promise<ExitCode> {
  try {
    const command = readCommand(argv);
    if (typeof command === "string" || !command.vault) return run(argv, io);
    const secrets = enteredSecrets(planCluster(readClusterFiles(io.cwd), command));
    return run(argv, { ...io, pending: await pendingSecrets(secrets, access) });
  } catch (error) {
    return reportError(error, io);
  }
}
