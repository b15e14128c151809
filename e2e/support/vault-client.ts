import { z } from "zod";

const answer = z.looseObject({ data: z.record(z.string(), z.unknown()).nullish(), auth: z.unknown().optional() });
const secret = z.object({ data: z.record(z.string(), z.string()), metadata: z.object({ version: z.int() }) });

export interface VaultRequest {
  readonly method?: "GET" | "POST" | "DELETE" | "LIST";
  /** Below `/v1/`. */
  readonly path: string;
  /** Absent: the token of the environment, which may do everything. */
  readonly token?: string;
  readonly body?: object;
}

export interface VaultAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly auth: unknown;
}

/** Why no Vault can be used; empty when one can. The rows fill and empty it, so it has to be one on this machine. */
export async function vaultObstacles(): Promise<readonly string[]> {
  const address = process.env["VAULT_ADDR"] ?? "";
  if (address === "" || !process.env["VAULT_TOKEN"]) return ["VAULT_ADDR and VAULT_TOKEN are not set"];
  const { hostname } = new URL(address);
  if (hostname !== "127.0.0.1" && hostname !== "localhost")
    return [`VAULT_ADDR names ${hostname}, which is not this machine`];
  const health = await fetch(`${address}/v1/sys/health`).catch(() => undefined);
  return health?.status === 200 ? [] : ["the Vault of VAULT_ADDR does not answer, or is sealed"];
}

export function vaultAddress(): string {
  return process.env["VAULT_ADDR"] ?? "";
}

export async function askVault({ method = "GET", path, token, body }: VaultRequest): Promise<VaultAnswer> {
  const response = await fetch(`${vaultAddress()}/v1/${path}`, {
    method,
    headers: { "x-vault-token": token ?? process.env["VAULT_TOKEN"] ?? "" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const { data, auth } = answer.parse(text === "" ? {} : JSON.parse(text));
  return { status: response.status, data: data ?? {}, auth };
}

/** A secret of a kv-v2 engine, with the number of times that it was written. */
export async function readSecret(mount: string, path: string): Promise<z.infer<typeof secret>> {
  const { status, data } = await askVault({ path: `${mount}/data/${path}` });
  if (status !== 200) throw new Error(`Vault answers ${status} for ${path}`);
  return secret.parse(data);
}

/** What a person does by `vault kv put`. */
export async function writeSecret(mount: string, path: string, data: Readonly<Record<string, string>>): Promise<void> {
  const { status } = await askVault({ method: "POST", path: `${mount}/data/${path}`, body: { data } });
  if (status !== 200) throw new Error(`Vault answers ${status} for ${path}`);
}

/** A token that may do what one policy says, and nothing else. */
export async function tokenOf(policy: string): Promise<string> {
  const body = { policies: [policy], no_default_policy: true, ttl: "10m" };
  const { auth } = await askVault({ method: "POST", path: "auth/token/create", body });
  return z.object({ client_token: z.string() }).parse(auth).client_token;
}
