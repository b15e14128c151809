import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fullStackName, localEngine } from "../../e2e/support/local-engine";
import type { Measurement } from "../measure";

const peakMemory = join(__dirname, "peak-memory.ts");

/** What one preview took: the time that a person waits, and the peak memory of the program. */
export type PreviewMeasurement = Pick<Measurement, "wallSeconds" | "peakMemory">;

/** Runs `pulumi preview` of a stack that is there. Meanwhile this process goes on, since it answers for GitHub. */
export async function measurePreview(directory: string, stack: string, project: string): Promise<PreviewMeasurement> {
  const peaks = mkdtempSync(join(tmpdir(), "idp-bench-peaks-"));
  const env = {
    ...process.env,
    ...localEngine(directory),
    IDP_BENCH_PEAKS: peaks,
    NODE_OPTIONS: `--require tsx/cjs --require ${peakMemory}`,
  };
  const start = process.hrtime.bigint();
  const name = fullStackName(stack).replace("/idp/", `/${project}/`);
  const args = ["preview", "--stack", name, "--suppress-outputs", "--non-interactive"];
  await promisify(execFile)("pulumi", args, { cwd: directory, env, maxBuffer: 2 ** 28 });
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  const kibibytes = readdirSync(peaks).map((file) => Number(readFileSync(join(peaks, file), "utf8")));
  rmSync(peaks, { recursive: true });
  return { wallSeconds, peakMemory: Math.max(...kibibytes) * 1024 };
}
