import { resolve } from "node:path";
import { readClusterFiles } from "../inputs/cluster-files";
import { readClusterFilesAt } from "../inputs/git-revision";
import { stackFileName } from "../inputs/stack-file";
import { InputError } from "../model/input-error";
import { differenceDocument } from "../plan/difference-document";
import { type Change, differencePlans } from "../plan/difference";
import { toPlanDocument } from "../plan/plan-document";
import type { ClusterPlan } from "../plan/stack-plan";
import { type ExitCode, exitCodes, type PlanCommand, readCommand } from "./command";
import { differenceReport } from "./difference-report";
import type { EnteredSecret } from "./entered-secrets";
import { manifestFiles } from "./manifest-files";
import { writeOutput } from "./output-directory";
import type { Page } from "./page";
import { palette } from "./palette";
import { planCluster } from "./plan-cluster";
import { planReport } from "./plan-report";
import { reportError } from "./report-error";
import { counted, printable } from "./text-layout";

/** The world outside of the program. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Characters of a line of the terminal. */
  readonly columns: number;
  readonly colour: boolean;
  /** Folder of the configuration, and the one that paths are relative to. */
  readonly cwd: string;
  /** Show where in the program an unexpected error came from. */
  readonly debug: boolean;
  /** What Vault said that people have yet to enter; absent: it was not asked. */
  readonly pending?: readonly EnteredSecret[];
}

/** The offline plan: reads the files, computes, prints. */
export function run(argv: readonly string[], io: Io): ExitCode {
  try {
    const command = readCommand(argv);
    if (typeof command !== "string") return execute(command, io);
    io.stdout(command);
    return exitCodes.fine;
  } catch (error) {
    return reportError(error, io);
  }
}

function execute(command: PlanCommand, io: Io): ExitCode {
  const plan = planCluster(readClusterFiles(io.cwd), command);
  const changes = command.against === undefined ? undefined : changesSince(command.against, plan, command, io);
  if (command.out !== undefined) writeManifests(command.out, plan, io);
  if (changes === undefined || command.against === undefined) {
    io.stdout(command.json ? json(toPlanDocument(plan)) : text(plan, command, io));
    return exitCodes.fine;
  }
  const difference = command.json
    ? json(differenceDocument(command.against, changes))
    : printable(differenceReport(pageOf(io), changes, command.against));
  io.stdout(difference);
  return changes.some(({ dataLoss }) => dataLoss.length > 0) ? exitCodes.dataLoss : exitCodes.fine;
}

function text(plan: ClusterPlan, { stack }: PlanCommand, io: Io): string {
  return printable(planReport(pageOf(io), plan, { stack, ...(io.pending ? { pending: io.pending } : {}) }));
}

function changesSince(ref: string, plan: ClusterPlan, command: PlanCommand, io: Io): readonly Change[] {
  return differencePlans(planBefore(ref, plan, command, io), plan);
}

/** A stack that the revision does not have yet counts as empty. */
function planBefore(ref: string, plan: ClusterPlan, command: PlanCommand, io: Io): ClusterPlan {
  const files = readClusterFilesAt(io.cwd, ref);
  const known = files.stackFiles.some(({ file }) => file === stackFileName(command.stack));
  if (!known) return { ...plan, stacks: [] };
  try {
    return planCluster(files, command);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    io.stderr(
      `The files of ${ref} cannot be read by this version of the program, so there is no difference to show.\n`,
    );
    throw new InputError(error.problems.map((problem) => ({ ...problem, file: `${ref}:${problem.file}` })));
  }
}

function writeManifests(out: string, plan: ClusterPlan, io: Io): void {
  const files = manifestFiles(plan);
  writeOutput(resolve(io.cwd, out), files);
  io.stderr(`Wrote ${counted(files.length, "file")} to ${out}.\n`);
}

/** Wider lines are harder to read, and narrower ones break every name. */
export function pageOf({ columns, colour }: Io): Page {
  return { width: Math.min(80, Math.max(60, columns)), palette: palette(colour) };
}

function json(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
