import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onThisMachine, plannedServer } from "./planned-server";
import type { SealableVault } from "./sealable-vault";

export { vaultBinary } from "./server-program";

/** A real server, not in dev mode: with the configuration of the plan, and what it needs in a folder of its own. */
export class VaultServer implements SealableVault {
  readonly #folder = mkdtempSync(join(tmpdir(), "idp-test-vault-"));
  #process: ChildProcess | undefined;
  #ports: readonly number[] = [];

  /**
   * `config` is the configuration as the plan has it; empty: that of Vault with Shamir keys. `variables` are those of its
   * environment, beside the few that every program has. `around` is a folder with what outlives the server's data: the key
   * of its seal and its audit log; without one they are in a folder of its own.
   */
  constructor(
    readonly binary: string,
    readonly config = "",
    readonly variables: Readonly<Record<string, string>> = {},
    readonly around?: string,
  ) {}

  /** The log of its audit device, where the configuration has one. */
  get auditFile(): string {
    return join(this.around ?? this.#folder, "audit.log");
  }

  get address(): string {
    return `http://127.0.0.1:${this.#ports[0] ?? 0}`;
  }

  /** Ends when it answers. */
  async start(): Promise<void> {
    if (this.#ports.length === 0) await this.#prepare();
    const args = ["server", "-config", join(this.#folder, "vault.hcl")];
    const server = spawn(this.binary, args, {
      stdio: "ignore",
      env: { PATH: process.env["PATH"], HOME: this.#folder, ...this.#addresses(), ...this.variables },
    });
    this.#process = server;
    for (let attempt = 0; attempt < 400; attempt += 1) {
      if (await answers(this.address)) return;
      if (server.exitCode !== null) throw new Error("Vault ended at once");
      await pause(25);
    }
    throw new Error("Vault does not answer within ten seconds");
  }

  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server?.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** The charts give them by variables, of the distribution's own name. */
  #addresses(): Readonly<Record<string, string>> {
    const values = {
      API_ADDR: this.address,
      CLUSTER_ADDR: `http://127.0.0.1:${this.#ports[1] ?? 0}`,
      RAFT_NODE_ID: "vault-0",
    };
    return Object.fromEntries(
      ["VAULT", "BAO"].flatMap((start) => Object.entries(values).map(([name, value]) => [`${start}_${name}`, value])),
    );
  }

  async #prepare(): Promise<void> {
    this.#ports = [await freePort(), await freePort()];
    const [data, sealKey] = [join(this.#folder, "data"), join(this.around ?? this.#folder, "seal-key")];
    mkdirSync(data);
    // As long as the plan's.
    if (!existsSync(sealKey)) writeFileSync(sealKey, randomBytes(16).toString("hex"));
    const config = this.config === "" ? plannedServer("vault").config : this.config;
    const address = new URL(this.address).host;
    const clusterAddress = `127.0.0.1:${this.#ports[1] ?? 0}`;
    const text = onThisMachine(config, { address, clusterAddress, data, auditFile: this.auditFile, sealKey });
    writeFileSync(join(this.#folder, "vault.hcl"), text);
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/v1/sys/seal-status`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => {
        resolve(typeof at === "object" && at !== null ? at.port : 0);
      });
    });
  });
}
