import { isJsonObject, type Json } from "../model/json";
import {
  sealedSentence,
  silentSentence,
  strangeTokenSentence,
  tokenlessSentence,
  uninitialisedSentence,
  unreadySentence,
} from "../model/provider-errors/vault-errors";
import { type Answer, ask } from "./service-request";

/** How Vault's provider reaches it: the variables of Vault's own command line. */
export interface VaultEnvironment {
  /** `VAULT_TOKEN`; undefined: it is not set. */
  readonly token: string | undefined;
  /** Whether `vault login` or a token helper has left one in the person's home. */
  readonly otherToken: boolean;
  /** Content of the file that `VAULT_CACERT` names. */
  readonly authorities: string | undefined;
}

/**
 * Why Vault's provider would fail at every resource, in one sentence; undefined when it would not, or when that cannot be
 * known from here.
 */
export async function vaultProblem(
  address: string,
  { token, otherToken, authorities }: VaultEnvironment,
  patience = 5000,
): Promise<string | undefined> {
  const base = `${address.replace(/\/+$/, "")}/v1`;
  // Anyone may know whether it is sealed, and the answer decides nothing that matters: any server may give it.
  const state = stateProblem(await ask({ address: `${base}/sys/seal-status`, anyServer: true, patience }));
  if (state !== undefined) return state;
  if (token === undefined) return otherToken ? undefined : tokenlessSentence;
  if (!/^[!-~]+$/.test(token)) return strangeTokenSentence;
  const trusted = authorities === undefined ? {} : { authorities };
  const headers = { "X-Vault-Token": token };
  const own = await ask({ address: `${base}/auth/token/lookup-self`, headers, ...trusted, patience });
  return own.kind === "answer" && own.status === 403 ? strangeTokenSentence : undefined;
}

function stateProblem(answer: Answer): string | undefined {
  if (answer.kind !== "answer") return silentSentence;
  const { initialized, sealed } = fieldsOf(answer.body);
  if (initialized === false) return uninitialisedSentence;
  if (sealed === true) return sealedSentence;
  return answer.status >= 502 && answer.status <= 504 ? unreadySentence : undefined;
}

function fieldsOf(body: Json): Readonly<Record<string, Json>> {
  return isJsonObject(body) ? body : {};
}
