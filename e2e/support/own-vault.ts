import { z } from "zod";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultObjects } from "../../model/vault-names";
import { until } from "../../tests/support/vault-life/unsealer-run";
import { vaultBinary, VaultServer } from "../../tests/support/vault-life/vault-server";
import { type ApiTunnel, openApiTunnel } from "./api-tunnel";
import { kubectl, secretData } from "./kubectl";
import type { Account } from "./rights";
import { type VaultAnswer, VaultClient } from "./vault-client";
import { makeVaultPlace, placeObstacles } from "./vault-place";

const attempt = z.object({ nonce: z.string(), otp: z.string() });
const progress = z.object({ complete: z.boolean(), encoded_token: z.string() });

/** Why none can be started; empty when one can. */
export function ownVaultObstacles(): readonly string[] {
  return [...(vaultBinary() === undefined ? ["there is no program `vault`"] : []), ...placeObstacles()];
}

/** A Vault on this machine that is empty and sealed at first, and has around it what it has in its pod. */
export class OwnVault {
  readonly #server: VaultServer;

  private constructor(
    readonly tunnel: ApiTunnel,
    readonly leavePlace: () => void,
  ) {
    this.#server = new VaultServer(vaultBinary() ?? "vault", "", { HTTPS_PROXY: tunnel.address });
  }

  /** Vault's namespace has to be there. */
  static async start(): Promise<OwnVault> {
    const vault = new OwnVault(await openApiTunnel(), await makeVaultPlace());
    await vault.#server.start();
    return vault;
  }

  get address(): string {
    return this.#server.address;
  }

  /** As a power cut does it. */
  async restart(): Promise<void> {
    await this.#server.stop();
    await this.#server.start();
  }

  async opens(): Promise<void> {
    await until(
      async () => (await this.#anybody.ask({ path: "sys/health" })).status === 200,
      () => "Vault is not open",
    );
  }

  /** With a token that the API server gives an account, as a pod or a person would who may have one. */
  login(role: string, { namespace, name }: Account, audience = vaultAudience): Promise<VaultAnswer> {
    const words = ["--audience", audience, "--duration", "10m", "-n", namespace];
    const jwt = kubectl("create", "token", name, ...words).trim();
    return this.#anybody.ask({ method: "POST", path: `auth/${vaultAuthPath}/login`, body: { role, jwt } });
  }

  /** A token that may do everything, as docs/vault.md says: by a key, for the rows alone. */
  async rootToken(): Promise<string> {
    const keys = secretData(vaultObjects.unsealKeys, platformNamespaces.vault);
    const begun = await this.#anybody.ask({ method: "POST", path: "sys/generate-root/attempt", body: {} });
    const { nonce, otp } = attempt.parse(begun.body);
    const body = { nonce, key: keys["key-1"] ?? "" };
    const ended = await this.#anybody.ask({ method: "POST", path: "sys/generate-root/update", body });
    const { complete, encoded_token: encoded } = progress.parse(ended.body);
    if (!complete) throw new Error("one key is not enough");
    const mask = Buffer.from(otp);
    return Buffer.from(Buffer.from(encoded, "base64").map((byte, index) => byte ^ (mask[index] ?? 0))).toString();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    this.#server.remove();
    this.leavePlace();
    await this.tunnel.close();
  }

  get #anybody(): VaultClient {
    return new VaultClient(this.address);
  }
}
