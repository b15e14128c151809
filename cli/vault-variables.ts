import { isTokenText } from "../inputs/vault-status";
import { UsageError } from "./usage-error";

/** `VAULT_ADDR`, without the slash at its end. */
export function checkedAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    throw new UsageError("VAULT_ADDR is no address of Vault; use one such as https://vault.lab.example");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Where `VAULT_ADDR` is set, which may lead through a tunnel: what it says. */
export function givenAddress({ VAULT_ADDR: given = "" }: NodeJS.ProcessEnv): string | undefined {
  return given === "" ? undefined : checkedAddress(given);
}

/** `VAULT_TOKEN`. The refusal of a header would show one that cannot be sent. */
export function checkedToken(token: string): string {
  if (!isTokenText(token)) throw new UsageError("VAULT_TOKEN holds characters that no token has; set it again");
  return token;
}
