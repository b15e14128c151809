import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { programs } from "../../../plan/program-files";
import { likeVaultsImage, type Way } from "./unsealer-ways";

/** The unsealer as its pod runs it, with folders of its own. */
export class UnsealerRun {
  readonly #folder = mkdtempSync(join(tmpdir(), "idp-test-unsealer-"));
  readonly keys = join(this.#folder, "keys");
  readonly work = join(this.#folder, "work");
  /** All that it has written. */
  log = "";
  #process: ChildProcess | undefined;
  #versions = 0;

  constructor(readonly way: Way = likeVaultsImage) {
    mkdirSync(this.keys);
    mkdirSync(this.work);
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get exitCode(): number | null | undefined {
    return this.#process?.exitCode;
  }

  /** The content of the Secret, mounted as kubelet does it: all at once, through links. */
  putKeys(contents: readonly string[]): void {
    const version = `..version-${++this.#versions}`;
    mkdirSync(join(this.keys, version));
    contents.forEach((content, index) => {
      writeFileSync(join(this.keys, version, `key-${index + 1}`), content);
    });
    symlinkSync(version, join(this.keys, "..data_tmp"));
    renameSync(join(this.keys, "..data_tmp"), join(this.keys, "..data"));
    const there = readdirSync(this.keys).filter((name) => name.startsWith("key-"));
    const wanted = contents.map((_, index) => `key-${index + 1}`);
    for (const name of wanted) if (!there.includes(name)) symlinkSync(`..data/${name}`, join(this.keys, name));
    for (const name of there) if (!wanted.includes(name)) unlinkSync(join(this.keys, name));
  }

  start(address: string, variables: Readonly<Record<string, string>> = {}): void {
    const { command, path } = this.way;
    const env = { VAULT_ADDR: address, KEYS: this.keys, WORK: this.work, PAUSE: "0.1", PATH: path, ...variables };
    const [shell, ...args] = command;
    const child = spawn(shell, [...args, "-c", programs.vaultUnseal], { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => (this.log += part));
    this.#process = child;
  }

  get lines(): readonly string[] {
    return this.log.split("\n").slice(0, -1);
  }

  /** Waits until it has said something so many times. */
  async says(what: RegExp, times = 1): Promise<void> {
    await until(
      () => this.lines.filter((line) => what.test(line)).length >= times,
      () => `${what.source} was not said ${times} times:\n${this.log}`,
    );
  }

  /** Milliseconds that it took to end. */
  async end(): Promise<number> {
    const child = this.#process;
    const start = Date.now();
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    return Date.now() - start;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Waits for something that happens within less than the time of a test, however busy the machine is. */
export async function until(isSo: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> {
  const end = Date.now() + 50_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(otherwise());
    await pause(20);
  }
}
