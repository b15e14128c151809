import { spawn } from "node:child_process";
import type { CommandEnd } from "./vault-lab";

/** A command that asks a person something. */
export interface Question {
  readonly command: string;
  /** What it asks. */
  readonly question: RegExp;
  readonly answer: string;
}

/** Runs such a command at a terminal, and answers once it has asked. */
export function answerAtTerminal({ command, question, answer }: Question): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], { timeout: 60_000 });
    let text = "";
    let isAnswered = false;
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      if (isAnswered || !question.test(text)) return;
      isAnswered = true;
      child.stdin.write(`${answer}\n`);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, text });
    });
  });
}
