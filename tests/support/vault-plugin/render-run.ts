import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vaultPluginRoleParts } from "../../../model/vault-plugin";
import { programs } from "../../../plan/program-files";
import { type Ended, likeImages, runScript, type Shell } from "../git/run-script";

export const digest = `sha256:${"1".repeat(64)}`;
export const commit = "0123456789abcdef0123456789abcdef01234567";

/** CI's file of an application of the project `shop`. */
export const releaseFile = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [application.yaml]
images:
  - name: harbor.lab.example/shop/api
    digest: ${digest}
`;

/** A folder as Argo CD hands it to the script, and the programs that the script runs. */
export class RenderRun {
  readonly #folder = mkdtempSync(join(tmpdir(), "idp-test-render-"));
  /** Where the files of the application are, and where the script's own go. */
  readonly application = join(this.#folder, "application");
  readonly bin = join(this.#folder, "bin");
  readonly token = join(this.#folder, "token");

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(this.application);
    mkdirSync(this.bin);
    writeFileSync(this.token, "canary-account-token\n");
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.application, name), text);
  }

  /** Runs the script as the sidecar does for an Application of `shop`. */
  run(variables: Readonly<Record<string, string>> = {}, shell: Shell = likeImages): Promise<Ended> {
    const settings = {
      ARGOCD_APP_PROJECT_NAME: "shop",
      ROLE_PREFIX: vaultPluginRoleParts.prefix,
      ROLE_SUFFIX: vaultPluginRoleParts.suffix,
      VAULT_PLUGIN: join(this.bin, "argocd-vault-plugin"),
      VAULT_ADDR: "http://127.0.0.1:1",
      AVP_K8S_MOUNT_PATH: "auth/kubernetes",
      AVP_K8S_TOKEN_PATH: this.token,
      // The script starts in it.
      TMPDIR: this.application,
      PATH: this.bin,
      HOME: this.#folder,
    };
    return runScript(programs.vaultPlugin, { ...settings, ...variables }, shell);
  }

  /** A program that says what it was given, in files of the folder, and does what its text says. */
  program(name: string, text: string): void {
    const file = join(this.bin, name);
    const noted = `printf '%s\\n' "$*" >>"${this.#folder}/${name}.arguments"\nenv >"${this.#folder}/${name}.environment"\n`;
    writeFileSync(file, `#!/bin/sh\n${noted}${text}\n`);
    chmodSync(file, 0o755);
  }

  /** What a program was given: its `arguments`, a line for each call, or its `environment`. */
  given(name: string, what: "arguments" | "environment"): readonly string[] {
    const file = join(this.#folder, `${name}.${what}`);
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** Names of all files, to see what a run leaves. */
  left(): readonly string[] {
    return [...readdirSync(this.#folder), ...readdirSync(this.application)].sort();
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
