import { execFile } from "node:child_process";
import { join } from "node:path";
import { localEngine } from "./local-engine";
import type { Workplace } from "./workplace";

const program = join(__dirname, "..", "..", "cli", "with-vault", "main.ts");

export interface WithVaultEnd {
  readonly code: number;
  /** All that it and the command said. */
  readonly text: string;
}

/** What `npm run with-vault -- ...` does, in the folder of a run. */
export function withVault({ directory }: Workplace, ...words: readonly string[]): Promise<WithVaultEnd> {
  const args = ["--require", "tsx/cjs", program, ...words];
  const options = { cwd: directory, env: { ...process.env, ...localEngine(directory) }, maxBuffer: 2 ** 28 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, text: `${stdout}${stderr}` });
    });
  });
}
