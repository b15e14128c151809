import { spawn } from "node:child_process";
import { Obstacle } from "../obstacle";
import { type Interrupts, signalCode } from "./interrupts";
import type { WithVaultCommand } from "./command";

/** What a shell says of a command that is not there, and of one that may not be run. */
const absentCode = 127;
const unusableCode = 126;

/** Runs a command with the terminal of this one, and answers with its exit code. */
export async function runCommand(
  [file, ...args]: WithVaultCommand["words"],
  environment: NodeJS.ProcessEnv,
  interrupts: Interrupts,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env: environment, stdio: "inherit" });
    interrupts.follow(child);
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new Obstacle(`there is no command \`${file}\` here; check its name, or install it`, absentCode)
          : new Obstacle(`the command \`${file}\` cannot be run (${error.code ?? error.message})`, unusableCode),
      );
    });
    child.on("exit", (code, signal) => {
      resolve(code ?? (signal === null ? 1 : signalCode(signal)));
    });
  });
}
