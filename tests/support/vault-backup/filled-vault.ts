import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { vaultAuthPath } from "../../../model/platform-names";
import { vaultAccounts, vaultRoles } from "../../../model/vault-names";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../../../plan/planned-vault";
import { planBackupAccess } from "../../../plan/vault/backup-access";
import { planOperatorPolicy, planOperatorRole } from "../../../plan/vault/operator-access";
import { at } from "../at";
import { labAuthority } from "../operator/lab-authority";
import type { SealableVault } from "../vault-life/sealable-vault";
import type { Distribution } from "../vault-life/server-program";
import type { TokenReviews } from "./token-reviews";

export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A real Vault as the platform has it: initialised with keys of its own and open. */
export class FilledVault {
  /** It opens Vault or, where Vault opens itself, makes a root token. */
  key = "";
  rootToken = "";

  constructor(
    readonly server: SealableVault,
    readonly reviews: TokenReviews,
    readonly distribution: Distribution = "vault",
  ) {}

  async ask(method: string, path: string, body?: object, token = this.rootToken): Promise<VaultAnswer> {
    const response = await fetch(`${this.server.address}/v1/${path}`, {
      method,
      headers: token === "" ? {} : { "x-vault-token": token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  }

  async start(): Promise<void> {
    await this.server.start();
    const opensItself = at((await this.ask("GET", "sys/seal-status")).body, "type") !== "shamir";
    const kind = opensItself ? "recovery" : "secret";
    const { body } = await this.ask("POST", "sys/init", { [`${kind}_shares`]: 1, [`${kind}_threshold`]: 1 });
    this.key = String(at(body, opensItself ? "recovery_keys_base64" : "keys_base64", 0));
    this.rootToken = String(at(body, "root_token"));
    await (opensItself ? this.reaches(200) : this.open(this.key));
  }

  /** Ends when it answers requests. */
  async open(key: string): Promise<VaultAnswer> {
    const answer = await this.ask("POST", "sys/unseal", { key }, "");
    if (answer.status === 200) await this.reaches(200);
    return answer;
  }

  /** Waits until its health is this status. Source: Vault's api-docs/system/health */
  async reaches(status: number): Promise<void> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      if ((await this.ask("GET", "sys/health")).status === status) return;
      await pause(25);
    }
    throw new Error(`Vault's health is not ${status} within ten seconds`);
  }

  /** Makes what the vault stack makes for the operator and for backups: by the very policies and roles of its plan. */
  async configure(): Promise<void> {
    const mount = "idp";
    await this.#must("POST", `sys/mounts/${mount}`, { type: "kv", options: { version: "2" } });
    await this.#must("POST", `sys/auth/${vaultAuthPath}`, { type: "kubernetes" });
    await this.#must("POST", `auth/${vaultAuthPath}/config`, {
      kubernetes_host: this.reviews.address,
      token_reviewer_jwt: this.reviews.issue("vault"),
      disable_local_ca_jwt: true,
      // OpenBao insists on one, though it is asked for nothing over plain http.
      kubernetes_ca_cert: labAuthority.certificate,
    });
    const [backupPolicy, backupRole] = planBackupAccess({ policy: [], role: [] });
    await this.#allow(backupPolicy, backupRole);
    await this.#allow(planOperatorPolicy({ distribution: this.distribution, mount }, []), planOperatorRole([]));
  }

  async write(path: string, data: Readonly<Record<string, string>>): Promise<void> {
    await this.#must("POST", `idp/data/${path}`, { data });
  }

  async read(path: string, token = this.rootToken): Promise<unknown> {
    return at((await this.ask("GET", `idp/data/${path}`, undefined, token)).body, "data", "data");
  }

  /** Waits until it holds what a snapshot held: it answers before it has taken that in. */
  async holds(path: string, data: Readonly<Record<string, string>>): Promise<void> {
    let found: unknown;
    for (let attempt = 0; attempt < 400; attempt += 1) {
      found = await this.read(path);
      if (isDeepStrictEqual(found, data)) return;
      await pause(25);
    }
    throw new Error(`${path} is ${JSON.stringify(found)} after ten seconds`);
  }

  /** A token for whoever runs commands, as `npm run with-vault` gets one. */
  async operatorToken(): Promise<string> {
    const jwt = this.reviews.issue(vaultAccounts.operator);
    const { body } = await this.ask("POST", `auth/${vaultAuthPath}/login`, { role: vaultRoles.operator, jwt }, "");
    return String(at(body, "auth", "client_token"));
  }

  async #allow(policy: PlannedVaultPolicy, role: PlannedVaultRole): Promise<void> {
    await this.#must("POST", `sys/policies/acl/${policy.policy}`, { policy: policy.rules });
    await this.#must("POST", `auth/${role.auth}/role/${role.role}`, {
      bound_service_account_names: [role.serviceAccount],
      bound_service_account_namespaces: [role.namespace],
      audience: role.audience,
      token_policies: role.policies,
      token_ttl: role.tokenTtl,
      token_max_ttl: role.tokenTtl,
    });
  }

  async #must(method: string, path: string, body: object): Promise<void> {
    const { status, body: said } = await this.ask(method, path, body);
    if (status >= 300) throw new Error(`Vault answers ${status} to ${path}: ${JSON.stringify(said)}`);
  }
}
