import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

/** What one run of a program took. */
export interface Measurement {
  /** From start to end, as a person waits. */
  readonly wallSeconds: number;
  /** Of all threads, user and system. */
  readonly cpuSeconds: number;
  /** Peak of resident memory, in bytes. */
  readonly peakMemory: number;
}

/** Microseconds and KiB. Source: https://nodejs.org/api/process.html#processresourceusage */
const resourceUsage = z.object({ userCPUTime: z.number(), systemCPUTime: z.number(), maxRSS: z.number() });

/** Runs a TypeScript program of this repository as its own process. */
export function measure(root: string, program: string, args: readonly string[]): Measurement {
  const report = join(__dirname, "report-usage.ts");
  const command = ["--import", "tsx", "--require", report, program, ...args];
  const start = process.hrtime.bigint();
  const { status, output, error } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}:\n${output[2] ?? ""}`);
  const usage = resourceUsage.parse(JSON.parse(output[3] ?? ""));
  return {
    wallSeconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMemory: usage.maxRSS * 1024,
  };
}

/** The run in the middle: one that another program disturbed says nothing. */
export function median(runs: readonly Measurement[]): Measurement {
  const middle = (of: (run: Measurement) => number) =>
    runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;
  return {
    wallSeconds: middle((run) => run.wallSeconds),
    cpuSeconds: middle((run) => run.cpuSeconds),
    peakMemory: middle((run) => run.peakMemory),
  };
}
