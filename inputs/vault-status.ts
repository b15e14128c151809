import { isJsonObject, type Json } from "../model/json";
import {
  sealedSentence,
  silentSentence,
  strangeTokenSentence,
  tokenlessSentence,
  uninitialisedSentence,
  unreadySentence,
} from "../model/provider-errors/vault-errors";
import { ask } from "./service-request";

/** How Vault's provider reaches it: the variables of Vault's own command line. */
export interface VaultEnvironment {
  /** `VAULT_TOKEN`; undefined: it is not set. */
  readonly token: string | undefined;
  /** Whether `vault login` or a token helper has left one in the person's home. */
  readonly otherToken: boolean;
  /** Content of the file that `VAULT_CACERT` names. */
  readonly authorities: string | undefined;
}

/** How Vault is, as it tells everybody. */
export type VaultState =
  | { readonly kind: "silent"; readonly reason?: string }
  /** What stands before Vault has none to hand over to. */
  | { readonly kind: "unready" }
  /** Something answers, and not as Vault does. */
  | { readonly kind: "strange"; readonly status: number }
  | { readonly kind: "uninitialised" }
  /** `given` of the `needed` keys have been entered since it started. */
  | { readonly kind: "sealed"; readonly given: number; readonly needed: number }
  | { readonly kind: "open"; readonly version: string };

/**
 * Why Vault's provider would fail at every resource, in one sentence; undefined when it would not, or when that cannot be
 * known from here.
 */
export async function vaultProblem(
  address: string,
  { token, otherToken, authorities }: VaultEnvironment,
  patience = usualPatience,
): Promise<string | undefined> {
  const problem = stateProblem(await vaultState(address, patience));
  if (problem !== undefined) return problem;
  if (token === undefined) return otherToken ? undefined : tokenlessSentence;
  if (!isTokenText(token)) return strangeTokenSentence;
  const trusted = authorities === undefined ? {} : { authorities };
  const headers = { "X-Vault-Token": token };
  const own = await ask({ address: vaultPath(address, "auth/token/lookup-self"), headers, ...trusted, patience });
  return own.kind === "answer" && own.status === 403 ? strangeTokenSentence : undefined;
}

/** Milliseconds that Vault has for one answer. */
export const usualPatience = 5000;

/** Where a path of Vault's API is, such as `sys/seal-status`. */
export function vaultPath(address: string, path: string): string {
  return `${address.replace(/\/+$/, "")}/v1/${path}`;
}

/** Whether a token can be sent; the error of a header that cannot would show it. */
export function isTokenText(token: string): boolean {
  return /^[!-~]+$/.test(token);
}

/** Anyone may know it, and the answer decides nothing that matters: any server may give it. */
export async function vaultState(address: string, patience = usualPatience): Promise<VaultState> {
  const answer = await ask({ address: vaultPath(address, "sys/seal-status"), anyServer: true, patience });
  if (answer.kind === "untrusted") return { kind: "silent", reason: "it speaks no TLS" };
  if (answer.kind === "silent") return answer;
  const { initialized, sealed, progress, t, version } = fieldsOf(answer.body);
  if (initialized === false) return { kind: "uninitialised" };
  if (sealed === true) return { kind: "sealed", given: Number(progress ?? 0), needed: Number(t ?? 0) };
  if (sealed === false) return { kind: "open", version: typeof version === "string" ? version : "" };
  return answer.status >= 502 && answer.status <= 504
    ? { kind: "unready" }
    : { kind: "strange", status: answer.status };
}

function stateProblem({ kind }: VaultState): string | undefined {
  switch (kind) {
    case "silent":
      return silentSentence;
    case "uninitialised":
      return uninitialisedSentence;
    case "sealed":
      return sealedSentence;
    case "unready":
      return unreadySentence;
    case "open":
    case "strange":
      return undefined;
  }
}

function fieldsOf(body: Json): Readonly<Record<string, Json>> {
  return isJsonObject(body) ? body : {};
}
