import { readClusterFiles } from "../../inputs/cluster-files";
import { ask } from "../../inputs/service-request";
import { usualPatience, vaultPath, vaultState } from "../../inputs/vault-status";
import { jsonAt } from "../../model/json";
import { clusterVault } from "../cluster-vault";
import { type ExitCode, exitCodes } from "../command";
import { kubectlOf } from "../kubectl";
import { reportError } from "../report-error";
import { type Io, pageOf } from "../run";
import { printable } from "../text-layout";
import { givenAddress } from "../vault-variables";
import { clusterObjects } from "./cluster-objects";
import { type DoctorCommand, readDoctorCommand } from "./command";
import { findings } from "./findings";
import { doctorReport } from "./report";

/** The world outside of `npm run doctor`. */
export interface DoctorIo extends Io {
  readonly environment: NodeJS.ProcessEnv;
  readonly now: Date;
}

/** Says how Vault is. Only looks. */
export async function doctor(argv: readonly string[], io: DoctorIo): Promise<ExitCode> {
  try {
    const command = readDoctorCommand(argv);
    if (typeof command !== "string") return await examine(command, io);
    io.stdout(command);
    return exitCodes.fine;
  } catch (error) {
    return reportError(error, io);
  }
}

async function examine({ platform }: DoctorCommand, io: DoctorIo): Promise<ExitCode> {
  const { environment, now } = io;
  const vault = clusterVault(readClusterFiles(io.cwd), platform);
  const address = givenAddress(environment) ?? vault.address;
  const [state, leads, objects] = await Promise.all([
    vaultState(address),
    hasLeader(address),
    clusterObjects(kubectlOf({ ...vault, environment })),
  ]);
  const found = findings({ vault, address, state, leads, objects, now });
  io.stdout(printable(doctorReport(pageOf(io), vault, found)));
  return found.every(({ status }) => status === "ok") ? exitCodes.fine : exitCodes.input;
}

/** Vault may be open and still answer nobody, while its storage has no leader. */
async function hasLeader(address: string): Promise<boolean> {
  const answer = await ask({ address: vaultPath(address, "sys/health"), anyServer: true, patience: usualPatience });
  return answer.kind === "answer" && jsonAt(answer.body, "standby") === false;
}
