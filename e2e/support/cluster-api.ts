import { z } from "zod";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts } from "../../model/vault-names";
import type { LifeApi, LifeData, LifeKind } from "../../tests/support/vault-life/life-place";
import { apiServerAddress, apiServerAuthority } from "./api-server";
import { exists, getObject, kubectl, kubectlFrom, secretTexts } from "./kubectl";
import { forgetVault } from "./vault-objects";

const role = z.object({ rules: z.array(z.object({ resources: z.array(z.string()), verbs: z.array(z.string()) })) });

/** The API server of the environment, with the accounts of the plan in their namespace. */
export class ClusterApi implements LifeApi {
  readonly address = apiServerAddress();
  readonly namespace = platformNamespaces.vault;
  readonly #tokens = new Map<string, string>();
  readonly #role = getObject("role", vaultAccounts.init, platformNamespaces.vault);

  private constructor(readonly authority: string) {}

  static async open(): Promise<ClusterApi> {
    forgetVault();
    return new ClusterApi(await apiServerAuthority());
  }

  token(account: "init" | "bootstrapEnd"): Promise<string> {
    const made = this.#tokens.get(account) ?? this.#kubectl("create", "token", vaultAccounts[account]).trim();
    this.#tokens.set(account, made);
    return Promise.resolve(made);
  }

  data(kind: LifeKind, name: string): Promise<LifeData | undefined> {
    if (!exists(kind, name, this.namespace)) return Promise.resolve(undefined);
    const object = getObject(kind, name, this.namespace);
    if (kind === "secret") return Promise.resolve(secretTexts(object));
    return Promise.resolve(z.record(z.string(), z.string()).default({}).parse(object["data"]));
  }

  put(kind: LifeKind, name: string, data: LifeData): Promise<void> {
    const metadata = { name, namespace: this.namespace };
    const [named, content] = kind === "secret" ? ["Secret", { stringData: data }] : ["ConfigMap", { data }];
    const object = { apiVersion: "v1", kind: named, metadata, ...content };
    kubectlFrom(object, ...["apply", "--server-side", "--force-conflicts", "-f", "-"]);
    return Promise.resolve();
  }

  remove(kind: LifeKind, name: string): Promise<void> {
    this.#kubectl("delete", kind, name, "--ignore-not-found", "--wait=true");
    return Promise.resolve();
  }

  letStore(may: boolean): Promise<void> {
    const { rules } = role.parse(this.#role);
    const left = rules.map((rule) =>
      may || !rule.verbs.includes("create") ? rule : { ...rule, resources: rule.resources.filter(isNoSecret) },
    );
    const patch = JSON.stringify(left.map(({ resources }, index) => replacing(index, resources)));
    this.#kubectl("patch", "role", vaultAccounts.init, "--type=json", "-p", patch);
    return Promise.resolve();
  }

  async end(): Promise<void> {
    await this.letStore(true);
    forgetVault();
  }

  #kubectl(...args: readonly string[]): string {
    return kubectl("-n", this.namespace, ...args);
  }
}

function isNoSecret(resource: string): boolean {
  return resource !== "secrets";
}

function replacing(index: number, value: readonly string[]): object {
  return { op: "replace", path: `/rules/${index}/resources`, value };
}
