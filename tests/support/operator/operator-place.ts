import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { doctor } from "../../../cli/doctor/doctor";
import { Interrupts } from "../../../cli/with-vault/interrupts";
import { withVault } from "../../../cli/with-vault/with-vault";
import { at } from "../at";
import { ClusterFolder, exampleFiles, type Outcome } from "../cluster-folder";
import { type KubectlRow, KubectlStandIn } from "./kubectl-stand-in";
import { labAuthority } from "./lab-authority";
import { LoginStandIn } from "./login-stand-in";

const root = join(__dirname, "..", "..", "..");

const encoded = (text: string) => Buffer.from(text).toString("base64");
const secret = (data: Readonly<Record<string, string>>) => JSON.stringify({ kind: "Secret", data });

export const bootstrapToken = "hvs.CanaryFirst";
export const jwt = "canary.jwt.signature";

/** What `kubectl` says where everything is as it should be. */
export const rows = {
  first: { asked: "-n vault get secret vault-bootstrap-token", stdout: secret({ token: encoded(bootstrapToken) }) },
  account: { asked: "-n vault create token vault-operator", stdout: `${jwt}\n` },
  authority: {
    asked: "-n cert-manager get secret lab-ca",
    stdout: secret({ "tls.crt": encoded(labAuthority.certificate) }),
  },
} as const satisfies Readonly<Record<string, KubectlRow>>;

/** A person's machine: the stack files, `kubectl`, and a way to Vault. */
export class OperatorPlace {
  readonly cluster = new ClusterFolder(exampleFiles);
  readonly vault: LoginStandIn;
  readonly kubectl: KubectlStandIn;
  /** Where programs put what they need for a while. */
  readonly temporary = mkdtempSync(join(tmpdir(), "idp-temporary-"));
  /** Variables beside the usual ones. */
  readonly variables: Record<string, string> = {};

  constructor({ scheme = "http", kubectl = [rows.account, rows.authority] }: PlaceOptions = {}) {
    this.vault = new LoginStandIn(scheme);
    this.kubectl = new KubectlStandIn(kubectl);
  }

  async start(): Promise<this> {
    await this.vault.start();
    this.variables["VAULT_ADDR"] = this.vault.address;
    return this;
  }

  get environment(): Readonly<Record<string, string>> {
    const path = `${this.kubectl.folder}:${join(process.execPath, "..")}:/usr/bin:/bin`;
    return { PATH: path, HOME: this.temporary, SEEN: join(this.temporary, "seen"), ...this.variables };
  }

  /** What a command wrote to `$SEEN`. */
  get seen(): string {
    const path = join(this.temporary, "seen");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  /** What programs have left behind, but for what the test's own command wrote. */
  get leftovers(): readonly string[] {
    return readdirSync(this.temporary).filter((name) => name.startsWith("idp-"));
  }

  /** Runs `npm run with-vault` in this process. */
  async withVault(argv: readonly string[], interrupts = new Interrupts(false)): Promise<Outcome> {
    const texts = { stdout: "", stderr: "" };
    const code = await withVault(argv, {
      stdout: (text) => (texts.stdout += text),
      stderr: (text) => (texts.stderr += text),
      ...{ columns: 80, colour: false, cwd: this.cluster.path, debug: false },
      ...{ environment: this.environment, temporary: this.temporary, interrupts },
    });
    return { code, ...texts };
  }

  /** Runs `npm run doctor` in this process. */
  async doctor(argv: readonly string[] = [], now = new Date()): Promise<Outcome> {
    const texts = { stdout: "", stderr: "" };
    const code = await doctor(argv, {
      stdout: (text) => (texts.stdout += text),
      stderr: (text) => (texts.stderr += text),
      ...{ columns: 80, colour: false, cwd: this.cluster.path, debug: false },
      ...{ environment: this.environment, now },
    });
    return { code, ...texts };
  }

  /** Runs a command of package.json as npm does, without a terminal. `during` may send it signals. */
  async npm(script: string, argv: readonly string[], during?: (pid: number) => Promise<void>): Promise<Outcome> {
    const [program = "", file = ""] = scriptWords(script);
    const child = spawn(join(root, "node_modules", ".bin", program), [join(root, file), ...argv], {
      ...{ cwd: this.cluster.path, env: this.environment, stdio: ["ignore", "pipe", "pipe"], detached: true },
    });
    const texts = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
    const ended = new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        resolve(code ?? -1);
      });
    });
    if (during && child.pid !== undefined) await during(child.pid);
    return { code: await ended, ...texts };
  }

  dispose(): void {
    this.vault.stop();
    this.kubectl.dispose();
    this.cluster.dispose();
    rmSync(this.temporary, { recursive: true, force: true });
  }
}

export interface PlaceOptions {
  readonly scheme?: "http" | "https";
  readonly kubectl?: readonly KubectlRow[];
}

function scriptWords(script: string): readonly string[] {
  const command = at(JSON.parse(readFileSync(join(root, "package.json"), "utf8")), "scripts", script);
  if (typeof command !== "string") throw new Error(`package.json has no script ${script}`);
  return command.split(" ");
}
