import { spawnSync } from "node:child_process";

/** How a command in a pod ended. */
export interface PodAnswer {
  readonly succeeded: boolean;
  /** What it printed, without the last line break. */
  readonly output: string;
  /** What it complained about. */
  readonly complaint: string;
}

export interface PodCommand {
  readonly namespace: string;
  readonly pod: string;
  readonly command: readonly string[];
}

/** Longer than any command of the rows takes; a server that does not answer ends the row, not the run. */
const patience = 60_000;

/** Runs a command in the only container of a pod. */
export function runInPod({ namespace, pod, command }: PodCommand): PodAnswer {
  const { status, stdout, stderr } = spawnSync("kubectl", ["exec", "-n", namespace, pod, "--", ...command], {
    encoding: "utf8",
    timeout: patience,
  });
  return { succeeded: status === 0, output: stdout.trimEnd(), complaint: stderr.trimEnd() };
}
