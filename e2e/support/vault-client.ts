import { z } from "zod";
import { isJsonObject, type Json, toJson } from "../../model/json";

const answer = z.looseObject({ data: z.record(z.string(), z.unknown()).nullish(), auth: z.unknown().optional() });
const secret = z.object({ data: z.record(z.string(), z.string()), metadata: z.object({ version: z.int() }) });
const tokens = z.object({ client_token: z.string() });

export interface VaultRequest {
  readonly method?: "GET" | "POST" | "DELETE" | "LIST";
  /** Below `/v1/`. */
  readonly path: string;
  /** Absent: the client's own. */
  readonly token?: string;
  readonly body?: object;
}

export interface VaultAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly auth: unknown;
  /** All of it, for what Vault says beside its usual fields. */
  readonly body: Readonly<Record<string, Json>>;
}

/** Whoever asks a Vault. */
export class VaultClient {
  constructor(
    readonly address: string,
    readonly token = "",
  ) {}

  async ask({ method = "GET", path, token = this.token, body }: VaultRequest): Promise<VaultAnswer> {
    const response = await fetch(`${this.address}/v1/${path}`, {
      method,
      headers: token === "" ? {} : { "x-vault-token": token },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const said = toJson(text === "" ? {} : JSON.parse(text));
    const { data, auth } = answer.parse(said);
    return { status: response.status, data: data ?? {}, auth, body: isJsonObject(said) ? said : {} };
  }

  /** A secret of a kv-v2 engine, with the number of times that it was written. */
  async readSecret(mount: string, path: string): Promise<z.infer<typeof secret>> {
    const { status, data } = await this.ask({ path: `${mount}/data/${path}` });
    if (status !== 200) throw new Error(`Vault answers ${status} for ${path}`);
    return secret.parse(data);
  }

  /** What a person does by `vault kv put`. */
  async writeSecret(mount: string, path: string, data: Readonly<Record<string, string>>): Promise<void> {
    const { status } = await this.ask({ method: "POST", path: `${mount}/data/${path}`, body: { data } });
    if (status !== 200) throw new Error(`Vault answers ${status} for ${path}`);
  }

  /** A token that may do what one policy says, and nothing else. */
  async tokenOf(policy: string): Promise<string> {
    const body = { policies: [policy], no_default_policy: true, ttl: "10m" };
    return tokenIn(await this.ask({ method: "POST", path: "auth/token/create", body }));
  }
}

/** The token that an answer gives. */
export function tokenIn({ auth }: Pick<VaultAnswer, "auth">): string {
  return tokens.parse(auth).client_token;
}
