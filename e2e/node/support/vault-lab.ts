import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
import { stringify } from "yaml";
import { Vault } from "../../../components/vault";
import { platformNamespaces } from "../../../model/platform-names";
import { platformOutputNames } from "../../../model/platform-outputs";
import { platformSettings } from "../../../model/platform-settings";
import type { UnsealMode } from "../../../model/vault-server-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { platformArgs } from "../../../plan/platform/platform-args";
import { vaultPort } from "../../../plan/platform/vault-values";
import { kubernetesProvider, randomProvider } from "../../../stacks/providers";
import { chartOverrides, currentContext } from "../../support/environment";
import { platformPasswords } from "../../support/installed-platform";
import { kubectl } from "../../support/kubectl";
import { fullStackName, localEngine } from "../../support/local-engine";
import { Workplace } from "../../support/workplace";

/** The stacks, called as the documents call them, so that what stands there can be run as it is. */
const stacks = { platform: "homelab", vault: "homelab-vault" } as const;

/** How a command ended. */
export interface CommandEnd {
  readonly code: number | null;
  /** What it printed, and what it complained about. */
  readonly text: string;
}

/** The longest that a command may take, in milliseconds. */
const patience = 240_000;

/**
 * A person's folder with the stacks of a cluster. Of the platform stack only Vault is made, by a program of these rows; the
 * vault stack and all commands are the very ones of the repository.
 */
export class VaultLab {
  /** Who opens Vault; counts from the next `up` of the platform stack on. */
  mode: UnsealMode = "kubernetes-secret";

  readonly #workplace = new Workplace();
  readonly #home = join(this.#workplace.directory, "home");

  constructor() {
    mkdirSync(this.#home);
    mkdirSync(join(this.#workplace.directory, "platform"));
    symlinkSync(join(__dirname, "..", "..", "..", "cli"), join(this.#workplace.directory, "cli"));
  }

  /** The platform stack. Commands read its configuration from the file, as everywhere. */
  platform(): Promise<Stack> {
    this.#writeStack(stacks.platform, { role: "platform", ...this.#settings() });
    const { directory } = this.#workplace;
    return LocalWorkspace.createOrSelectStack(
      { stackName: fullStackName(stacks.platform), projectName: "idp", program: this.#program() },
      { workDir: join(directory, "platform"), envVars: localEngine(directory) },
    );
  }

  /** Says where this machine reaches Vault now, since no DNS knows its name. */
  async prepareVaultStack(): Promise<void> {
    await this.#workplace.stack(stacks.vault, {
      "idp:role": { value: "vault" },
      "idp:platform": { value: stacks.platform },
      "idp:vaultAddress": { value: vaultAddress() },
    });
  }

  /** What a person does for the vault stack, by the one documented command. */
  upVaultStack(...options: readonly string[]): CommandEnd {
    return this.run(["npm run with-vault -- pulumi up --skip-preview --stack", stacks.vault, ...options].join(" "));
  }

  /** Runs lines of a shell where the stacks are, with a home of their own. */
  run(lines: string, variables: Readonly<Record<string, string>> = {}): CommandEnd {
    const { directory: cwd } = this.#workplace;
    const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", lines], {
      ...{ cwd, encoding: "utf8", timeout: patience, maxBuffer: 2 ** 28 },
      env: { ...withoutVault(), ...localEngine(cwd), ...this.#person(), ...variables },
    });
    return { code: status, text: `${stdout}${stderr}` };
  }

  /** A file of that home. */
  homeFile(name: string): string {
    return join(this.#home, name);
  }

  remove(): void {
    this.#workplace.remove();
  }

  #person(): Record<string, string> {
    return {
      HOME: this.#home,
      // Its plugins are the machine's, and nobody is there to say yes.
      PULUMI_HOME: process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      NPM_CONFIG_UPDATE_NOTIFIER: "false",
    };
  }

  #settings() {
    const { vault } = chartOverrides();
    return {
      ...{ domain: "lab.example", profile: "nano", kubernetes: { context: currentContext() } },
      ...{ charts: { vault }, vault: { unseal: { mode: this.mode } } },
    };
  }

  #program(): PulumiFn {
    const settings = platformSettings.parse(this.#settings());
    return () => {
      const { context } = settings.kubernetes;
      const providers = [kubernetesProvider({ cluster: stacks.platform, context }), randomProvider()];
      new Vault({ ...platformArgs(settings, new Set()).vault, secrets: {} }, { providers });
      return Promise.resolve({
        [platformOutputNames.public]: planPlatformOutputs(settings),
        [platformOutputNames.secret]: pulumi.secret(platformPasswords),
      });
    };
  }

  #writeStack(name: string, settings: object): void {
    const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`idp:${key}`, value]));
    writeFileSync(join(this.#workplace.directory, `Pulumi.${name}.yaml`), stringify({ config }));
  }
}

/** Where this machine reaches Vault. */
export function vaultAddress(): string {
  const host = kubectl("get", "service", "vault", "-n", platformNamespaces.vault, "-o", "jsonpath={.spec.clusterIP}");
  return `http://${host}:${vaultPort}`;
}

/** This machine may have another Vault. */
function withoutVault(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VAULT_")));
}
