import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** A program of Node that runs as its pod runs it. */
export class LifeProcess {
  /** All that it has said. */
  output = "";
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(program: string, env: Readonly<Record<string, string>>) {
    const options = { env, cwd: tmpdir() };
    const child = spawn(process.execPath, ["--input-type=module", "--eval", program], options);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => (this.output += part));
    this.#child = child;
    this.#closed = once(child, "close");
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Its exit code; null after a signal that it did not listen to. */
  async code(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Waits until it has said something. */
  async says(what: RegExp): Promise<void> {
    const end = Date.now() + 50_000;
    while (!what.test(this.output)) {
      if (Date.now() > end) throw new Error(`${what.source} was not said:\n${this.output}`);
      await pause(20);
    }
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.isRunning) this.#child.kill(signal);
    await this.#closed;
  }
}
