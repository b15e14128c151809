import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Stack } from "@pulumi/pulumi/automation";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultRoles } from "../../../model/vault-names";
import { kubectl, secretData } from "../../support/kubectl";
import type { Account } from "../../support/rights";
import { tokenIn, type VaultAnswer, VaultClient } from "../../support/vault-client";
import { vaultAddress, type VaultLab } from "./vault-lab";
import { markVault } from "./vault-place";
import { vaultMount } from "./vault-project";

const namespace = platformNamespaces.vault;

/** Vault on the node, initialised by its own Job and not yet filled. */
export class VaultRun {
  private constructor(
    readonly lab: VaultLab,
    readonly platform: Stack,
    /** What must stand in no log. */
    readonly secrets: { readonly key: string; readonly token: string },
  ) {}

  static async open(lab: VaultLab): Promise<VaultRun> {
    const platform = await install(lab);
    const { "key-1": key = "" } = secretData(vaultObjects.unsealKeys, namespace);
    const { token = "" } = secretData(vaultObjects.bootstrapToken, namespace);
    assert.ok(key !== "" && token !== "", "the Secrets with key and token are not as they were");
    return new VaultRun(lab, platform, { key, token });
  }

  /** The same once more, when the cluster has lost everything of it. */
  async reinstall(): Promise<void> {
    await install(this.lab);
  }

  /** Where this machine reaches it: another address for each installation. */
  get address(): string {
    return vaultAddress();
  }

  /** What somebody without a token may ask, which is what pods do first. */
  get anybody(): VaultClient {
    return new VaultClient(this.address);
  }

  /** With a token that the API server gives an account, as to its pods. */
  login(role: string, { namespace: place, name }: Account, audience = vaultAudience): Promise<VaultAnswer> {
    const words = ["--namespace", place, "--audience", audience, "--duration", "10m"];
    const jwt = kubectl("create", "token", name, ...words).trim();
    return this.anybody.ask({ method: "POST", path: `auth/${vaultAuthPath}/login`, body: { role, jwt } });
  }

  /** Who makes what is inside Vault. */
  async operator(): Promise<VaultClient> {
    const answer = await this.login(vaultRoles.operator, { namespace, name: vaultAccounts.operator });
    return new VaultClient(this.address, tokenIn(answer));
  }

  /** What a secret holds, as soon as it is there: after a restore Vault says nothing for some seconds, and is sealed then. */
  async secretWithin(seconds: number, path: string): Promise<Readonly<Record<string, string>>> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      try {
        const operator = await this.operator();
        return (await operator.readSecret(vaultMount, path)).data;
      } catch (error) {
        if (Date.now() > end) throw error;
        await wait(1000);
      }
    }
  }

  /** Fails where a key, or the bootstrap token, can be read in a text. */
  assertKept(text: string): void {
    const { key, token } = this.secrets;
    const forms = [key, Buffer.from(key, "hex").toString("base64"), token, Buffer.from(token).toString("base64")];
    assert.deepEqual(
      forms.map((form) => text.includes(form)),
      forms.map(() => false),
    );
  }
}

/** The engine does not know of the mark by which a later run sees whose the namespace is. */
async function install(lab: VaultLab): Promise<Stack> {
  const platform = await lab.platform();
  try {
    await platform.up({ refresh: true });
  } finally {
    markVault();
  }
  await lab.prepareVaultStack();
  return platform;
}
