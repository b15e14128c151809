import { readClusterFiles } from "../../inputs/cluster-files";
import { usualPatience, vaultState } from "../../inputs/vault-status";
import { type ClusterVault, clusterVault } from "../cluster-vault";
import { exitCodes } from "../command";
import { type Kubectl, kubectlOf } from "../kubectl";
import { Obstacle } from "../obstacle";
import { reportError } from "../report-error";
import type { Io } from "../run";
import { closedTrouble } from "../vault-advice";
import { givenAddress } from "../vault-variables";
import { authorityOf } from "./authority";
import { readWithVaultCommand, type WithVaultCommand } from "./command";
import { Interrupted, type Interrupts, signalCode } from "./interrupts";
import { runCommand } from "./run-command";
import { endToken, vaultToken } from "./vault-token";

/** The world outside of `npm run with-vault`. */
export interface WithVaultIo extends Io {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder for what is there as long as the command. */
  readonly temporary: string;
  readonly interrupts: Interrupts;
}

/** Runs a command that may talk to Vault, and answers with its exit code. Nothing is left behind. */
export async function withVault(argv: readonly string[], io: WithVaultIo): Promise<number> {
  try {
    const command = readWithVaultCommand(argv);
    if (typeof command !== "string") return await execute(command, io);
    io.stdout(command);
    return exitCodes.fine;
  } catch (error) {
    if (error instanceof Interrupted) return signalCode(error.signal);
    const code = reportError(error, io);
    return error instanceof Obstacle ? error.exitCode : code;
  }
}

async function execute({ words, platform }: WithVaultCommand, io: WithVaultIo): Promise<number> {
  const { environment, temporary, interrupts } = io;
  const vault = clusterVault(readClusterFiles(io.cwd), platform);
  const address = givenAddress(environment) ?? vault.address;
  await requireOpen(vault, address);
  const kubectl = interruptible(kubectlOf({ ...vault, environment, follow: interrupts.follow }), interrupts);
  const say = (text: string) => {
    io.stderr(`with-vault: ${text}\n`);
  };
  const authority = await authorityOf({ vault, address, environment, temporary, kubectl, say });
  try {
    const { certificate } = authority;
    const args = { vault, address, certificate, environment, kubectl, say, patience: usualPatience };
    const token = await vaultToken(args);
    try {
      interrupts.check();
      const variables = { VAULT_ADDR: address, VAULT_TOKEN: token.text, ...authority.variables };
      return await runCommand(words, { ...environment, ...variables }, interrupts);
    } finally {
      await endToken(token, args);
    }
  } finally {
    authority.dispose();
  }
}

/** A signal ends kubectl too, and what it says then is not the reason. */
function interruptible(kubectl: Kubectl, interrupts: Interrupts): Kubectl {
  return async (...words) => {
    const answer = await kubectl(...words);
    interrupts.check();
    return answer;
  };
}

async function requireOpen(vault: ClusterVault, address: string): Promise<void> {
  const trouble = closedTrouble(await vaultState(address), vault, address);
  if (trouble) throw new Obstacle(`${trouble.problem}; ${trouble.remedy}`);
}
