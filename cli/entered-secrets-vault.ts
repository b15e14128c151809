import { enteredVaultKey } from "../model/names";
import { isJsonObject } from "../model/json";
import { enteredPlaceholder } from "../plan/projects/application-secrets";
import type { EnteredSecret } from "./entered-secrets";
import { UsageError } from "./usage-error";

/** How Vault is reached: the variables of Vault's own command line. */
export interface VaultAccess {
  /** `VAULT_ADDR`, such as `https://vault.lab.example`. */
  readonly address: string;
  /** `VAULT_TOKEN`. No message names it. */
  readonly token: string;
  /** Milliseconds that Vault has for one answer. */
  readonly patience: number;
}

/** The secrets that are absent in Vault or still hold the placeholder. Only reads. */
export async function pendingSecrets(
  secrets: readonly EnteredSecret[],
  given: VaultAccess,
): Promise<readonly EnteredSecret[]> {
  const access = checkedAccess(given);
  const pending: EnteredSecret[] = [];
  // One after the other: a home's Vault has few of them and little memory.
  for (const secret of secrets) if (await isPending(secret, access)) pending.push(secret);
  return pending;
}

function checkedAccess({ address, token, patience }: VaultAccess): VaultAccess {
  if (address === "" || token === "") {
    throw new UsageError("--vault needs the variables VAULT_ADDR, such as https://vault.lab.example, and VAULT_TOKEN");
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new UsageError("VAULT_ADDR is no address of Vault; use one such as https://vault.lab.example");
  }
  // Otherwise the refusal of the header would show it.
  if (!/^[!-~]+$/.test(token)) throw new UsageError("VAULT_TOKEN holds characters that no token has; set it again");
  return { address: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, token, patience };
}

async function isPending({ mount, path }: EnteredSecret, access: VaultAccess): Promise<boolean> {
  const place = `${mount}/data/${path}`;
  const { status, body } = await read(place, access);
  switch (status) {
    case 200:
      return isPlaceholder(body);
    case 404:
      if (!hasErrors(body)) return true;
      throw new UsageError(
        `Vault at ${access.address} has no secrets engine ${mount}; \`pulumi up\` of the vault stack makes it`,
      );
    case 403:
      throw new UsageError(
        `VAULT_TOKEN may not read ${place}, or is no longer valid; log in to Vault again with a policy that may`,
      );
    case 503:
      throw new UsageError(`Vault at ${access.address} is sealed; unseal it (docs/runbook.md) and try again`);
    default:
      throw new UsageError(`Vault at ${access.address} answered ${status} for ${place}; check VAULT_ADDR`);
  }
}

/** Follows no redirection, which could take the token elsewhere. */
async function read(
  place: string,
  { address, token, patience }: VaultAccess,
): Promise<{ status: number; body: unknown }> {
  try {
    const answer = await fetch(`${address}/v1/${place}`, {
      headers: { "X-Vault-Token": token },
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    return { status: answer.status, body: parsed(await answer.text()) };
  } catch (error) {
    throw new UsageError(
      `Vault at ${address} cannot be reached (${reason(error, patience)}); check VAULT_ADDR and the network`,
    );
  }
}

/** A proxy may answer in Vault's place, with a page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPlaceholder(body: unknown): boolean {
  const answer = field(body, "data");
  const value = field(field(answer, "data"), enteredVaultKey);
  if (!isJsonObject(answer)) throw new UsageError("VAULT_ADDR answers, but not as Vault does; check it");
  return value === undefined || value === "" || value === enteredPlaceholder;
}

/** Vault says nothing more of a secret that is absent or deleted; what else is not there, it names. */
function hasErrors(body: unknown): boolean {
  const errors = field(body, "errors");
  return !isJsonObject(body) || (Array.isArray(errors) && errors.length > 0);
}

function field(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}

/** Such as `ECONNREFUSED`: the message of the error itself only says that the fetch failed. */
function reason(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return `no answer in ${patience / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? code : error.name;
}
