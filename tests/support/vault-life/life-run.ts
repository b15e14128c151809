import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vaultObjects } from "../../../model/vault-names";
import type { VaultSeal } from "../../../model/vault-server-settings";
import { programs } from "../../../plan/program-files";
import { at } from "../at";
import { LifeGate } from "./life-gate";
import { LifeProcess } from "./life-process";
import type { LifeApi, LifeData, LifePlace, LifeVault } from "./life-place";

type Variables = Readonly<Record<string, string>>;

/** One Vault and one namespace for a row, what stands before them, and the programs that run. */
export class LifeRun {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-vault-life-"));
  readonly vaultGate = new LifeGate(() => this.vault);
  readonly apiGate = new LifeGate(() => this.api);
  readonly #processes: LifeProcess[] = [];
  readonly #vaults: LifeVault[];

  private constructor(
    readonly place: LifePlace,
    readonly seal: VaultSeal,
    public vault: LifeVault,
    readonly api: LifeApi,
  ) {
    this.#vaults = [vault];
  }

  static async begin(place: LifePlace, seal: VaultSeal = "shamir"): Promise<LifeRun> {
    const run = new LifeRun(place, seal, await place.vault(seal), await place.api());
    await Promise.all([run.vault.start(), run.vaultGate.open(), run.apiGate.open()]);
    return run;
  }

  /** Starts `vault-init`; a second one of the same journal is the container that follows the first. */
  init(variables: Variables = {}, journal = "first"): Promise<LifeProcess> {
    const names = { BOOTSTRAP_SECRET: vaultObjects.bootstrapToken, RECORD: vaultObjects.initialisation };
    const settings = { MODE: "kubernetes-secret", SEAL: this.seal, SHARES: "1", THRESHOLD: "1" };
    const JOURNAL = join(this.folder, `journal-${journal}`);
    const KEYS_SECRET = this.keysSecret;
    return this.#start("init", programs.vaultInit, { ...names, ...settings, JOURNAL, KEYS_SECRET, ...variables });
  }

  bootstrapEnd(token: string | undefined, variables: Variables = {}): Promise<LifeProcess> {
    const BOOTSTRAP_TOKEN_FILE = join(this.folder, "bootstrap-token");
    if (token !== undefined) writeFileSync(BOOTSTRAP_TOKEN_FILE, token);
    const names = { BOOTSTRAP_SECRET: vaultObjects.bootstrapToken, BOOTSTRAP_TOKEN_FILE };
    return this.#start("bootstrapEnd", programs.vaultBootstrapEnd, { ...names, ...variables });
  }

  get keysSecret(): string {
    return this.seal === "shamir" ? vaultObjects.unsealKeys : vaultObjects.recoveryKeys;
  }

  /** The keys and the token that Vault gave out, in the order of the answers that held some. */
  get given(): readonly { readonly keys: LifeData; readonly token: string }[] {
    const answers = this.vaultGate.answers.filter(
      ({ asked, status }) => asked === "POST /v1/sys/init" && status === 200,
    );
    return answers.map(({ body }) => {
      const answer: unknown = JSON.parse(body);
      const keys = listOf(at(answer, this.seal === "shamir" ? "keys" : "recovery_keys"));
      const numbered = Object.fromEntries(keys.map((key, index) => [`key-${index + 1}`, key]));
      return { keys: numbered, token: String(at(answer, "root_token")) };
    });
  }

  /** The one set of keys that Vault has given out is stored, and nothing is left to do. */
  async expectStored(): Promise<void> {
    const [first, ...others] = this.given;
    assert.ok(first, "Vault has given out no keys");
    assert.deepEqual(others, []);
    assert.deepEqual(await this.api.data("secret", this.keysSecret), first.keys);
    assert.deepEqual(await this.api.data("secret", vaultObjects.bootstrapToken), { token: first.token });
    const record = await this.api.data("configmap", vaultObjects.initialisation);
    assert.deepEqual([record?.["phase"], record?.["trouble"]], ["stored", undefined]);
  }

  async isInitialised(): Promise<boolean> {
    const answer: unknown = await (await fetch(`${this.vault.address}/v1/sys/init`)).json();
    return at(answer, "initialized") === true;
  }

  /** Status by which Vault says how it is, such as 200 when it is open. */
  async health(): Promise<number> {
    return (await fetch(`${this.vault.address}/v1/sys/health`)).status;
  }

  async restartVault(): Promise<void> {
    await this.vault.stop();
    await this.vault.start();
  }

  /** A Vault without data in the place of the one that there is. */
  async emptyVault(): Promise<void> {
    await this.vault.stop();
    this.vault = await this.place.vault(this.seal);
    this.#vaults.push(this.vault);
    await this.vault.start();
  }

  /** Ends everything, and fails if a program has said a secret. */
  async end(): Promise<void> {
    for (const process of this.#processes) await process.kill("SIGKILL");
    await Promise.all([this.vaultGate.close(), this.apiGate.close(), this.vault.stop()]);
    for (const vault of this.#vaults) await vault.remove();
    const tokens = [await this.api.token("init"), await this.api.token("bootstrapEnd")];
    await this.api.end();
    rmSync(this.folder, { recursive: true });
    const secrets = [...tokens, ...this.given.flatMap(({ keys, token }) => [token, ...Object.values(keys)])];
    const hex = secrets.filter((secret) => /^[0-9a-f]+$/.test(secret));
    const encoded = hex.map((secret) => Buffer.from(secret, "hex").toString("base64"));
    for (const { output } of this.#processes)
      for (const secret of [...secrets, ...encoded]) {
        assert.ok(!output.includes(secret), `a secret was said:\n${output}`);
        assert.ok(!output.includes(Buffer.from(secret).toString("base64")), `a secret was said:\n${output}`);
      }
  }

  async #start(account: "init" | "bootstrapEnd", program: string, variables: Variables): Promise<LifeProcess> {
    const TOKEN_FILE = join(this.folder, `token-${account}`);
    writeFileSync(TOKEN_FILE, `${await this.api.token(account)}\n`);
    const places = { VAULT_ADDR: this.vaultGate.address, KUBERNETES_URL: this.apiGate.address, TOKEN_FILE };
    const patience = { WAIT_SECONDS: "10", KEYS_SECONDS: "10" };
    const env = { ...places, NAMESPACE: this.api.namespace, ...patience, ...variables };
    const process = new LifeProcess(program, env);
    this.#processes.push(process);
    return process;
  }
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
