import { type Answer, ask } from "../inputs/service-request";
import { vaultPath } from "../inputs/vault-status";
import { isJsonObject, type Json, jsonAt } from "../model/json";
import { enteredVaultKey } from "../model/names";
import { enteredPlaceholder } from "../plan/projects/application-secrets";
import { askCommand, type EnteredSecret } from "./entered-secrets";
import { UsageError } from "./usage-error";
import { checkedAddress, checkedToken } from "./vault-variables";

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
    throw new UsageError(`--vault needs VAULT_ADDR and VAULT_TOKEN; ${askCommand} sets them`);
  }
  return { address: checkedAddress(address), token: checkedToken(token), patience };
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

async function read(
  place: string,
  { address, token, patience }: VaultAccess,
): Promise<Extract<Answer, { readonly kind: "answer" }>> {
  const headers = { "X-Vault-Token": token };
  const answer = await ask({ address: vaultPath(address, place), headers, patience });
  switch (answer.kind) {
    case "answer":
      return answer;
    case "untrusted":
      throw new UsageError(
        `the certificate of Vault at ${address} is signed by nobody that is trusted here; name the authority's file in NODE_EXTRA_CA_CERTS`,
      );
    case "silent":
      throw new UsageError(
        `Vault at ${address} cannot be reached (${answer.reason ?? "unknown"}); check VAULT_ADDR and the network`,
      );
  }
}

function isPlaceholder(body: Json): boolean {
  const answer = jsonAt(body, "data");
  if (!isJsonObject(answer)) throw new UsageError("VAULT_ADDR answers, but not as Vault does; check it");
  const value = jsonAt(answer, "data", enteredVaultKey);
  return value === undefined || value === "" || value === enteredPlaceholder;
}

/** Vault says nothing more of a secret that is absent or deleted; what else is not there, it names. */
function hasErrors(body: Json): boolean {
  const errors = jsonAt(body, "errors");
  return !isJsonObject(body) || (Array.isArray(errors) && errors.length > 0);
}
