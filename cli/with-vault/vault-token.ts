import { type Answer, ask, type Question } from "../../inputs/service-request";
import { vaultPath } from "../../inputs/vault-status";
import { type Json, jsonAt, toJson } from "../../model/json";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultRoles } from "../../model/vault-names";
import type { ClusterVault } from "../cluster-vault";
import { type Kubectl, textOf } from "../kubectl";
import { Obstacle } from "../obstacle";
import { kubectlCommand, vaultPod } from "../vault-advice";
import { checkedToken } from "../vault-variables";

/** Where tokens come from. */
export interface TokenArgs {
  readonly vault: ClusterVault;
  readonly address: string;
  /** Certificate (PEM) of Vault's authority. */
  readonly certificate: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly kubectl: Kubectl;
  /** Tells the person one thing. */
  readonly say: (text: string) => void;
  /** Milliseconds that Vault has for one answer. */
  readonly patience: number;
}

export interface VaultToken {
  readonly text: string;
  /** Whether it was made for this run, and has to end with it. */
  readonly made: boolean;
}

/** A token: the given one, the bootstrap token while there is one that Vault knows, or one that is made for this run. */
export async function vaultToken(args: TokenArgs): Promise<VaultToken> {
  const { environment, say, vault } = args;
  const given = environment["VAULT_TOKEN"] ?? "";
  if (given !== "") {
    const text = checkedToken(given);
    say("VAULT_TOKEN is set, and is used as it is");
    return { text, made: false };
  }
  const first = await bootstrapToken(args);
  if (first === undefined) return { text: await login(args), made: true };
  say(`uses the bootstrap token of Vault, which \`pulumi up --stack ${vault.vaultStack}\` takes away at its end`);
  return { text: first, made: false };
}

/** Ends a token that was made for the run. Whatever comes of it, the command has run. */
export async function endToken(token: VaultToken, args: TokenArgs): Promise<void> {
  if (!token.made) return;
  const answer = await askVault(args, { method: "POST", path: "auth/token/revoke-self", token: token.text });
  if (answer.kind === "answer" && (answer.status < 300 || answer.status === 403)) return;
  args.say("the token that was made for this run could not be revoked; it ends by itself, within the hour");
}

/** Who may not read the Secret may still log in; a token that Vault no longer knows was taken away before its Secret. */
async function bootstrapToken(args: TokenArgs): Promise<string | undefined> {
  const answer = await inVault(args)("get", "secret", vaultObjects.bootstrapToken, "-o", "json");
  if (answer.kind === "denied") return undefined;
  const text = textOf(answer, "read the bootstrap token");
  const encoded = text === undefined ? undefined : jsonAt(toJson(JSON.parse(text)), "data", "token");
  if (typeof encoded !== "string") return undefined;
  // A person who has stored it from a file may have stored a line end, too.
  const token = Buffer.from(encoded, "base64").toString("utf8").trim();
  const own = await askVault(args, { method: "GET", path: "auth/token/lookup-self", token });
  return trusted(own, args).status === 403 ? undefined : token;
}

function inVault({ kubectl }: TokenArgs): Kubectl {
  return (...words) => kubectl("-n", platformNamespaces.vault, ...words);
}

/** The shortest time that the API server gives a token. Source: kubernetes/kubernetes, pkg/apis/authentication/validation/validation.go */
const loginTime = "10m";

async function login(args: TokenArgs): Promise<string> {
  const { operator } = vaultAccounts;
  const words = ["create", "token", operator, "--audience", vaultAudience, "--duration", loginTime];
  const may = `make a token of the service account ${operator} in the namespace ${platformNamespaces.vault}`;
  const jwt = textOf(await inVault(args)(...words), may);
  if (jwt === undefined) {
    const remedy = `run \`pulumi up --stack ${args.vault.platform}\`, which makes it`;
    throw new Obstacle(`the cluster has no service account ${operator}; ${remedy}`);
  }
  const body = { role: vaultRoles.operator, jwt: jwt.trim() };
  const path = `auth/${vaultAuthPath}/login`;
  const answer = trusted(await askVault(args, { method: "POST", path, body }), args);
  const token = jsonAt(answer.body, "auth", "client_token");
  if (answer.status === 200 && typeof token === "string") return token;
  throw new Obstacle(refusal(answer.status, args));
}

/** Source: hashicorp/vault-plugin-auth-kubernetes, path_login.go; a path without an auth method is denied like all others. */
function refusal(status: number, { vault, address }: TokenArgs): string {
  const { operator } = vaultRoles;
  const log = kubectlCommand(vault, `logs ${vaultPod}`);
  const ways = "a bootstrap token is made again as docs/vault.md says";
  if (status === 400) {
    return `Vault has no role ${operator}, so the vault stack has not been made, and its bootstrap token is gone (or not yours to read); ${ways}`;
  }
  if (status === 403) {
    return (
      `Vault does not let ${vaultAccounts.operator} in; if \`pulumi up --stack ${vault.vaultStack}\` has never ended well, ${ways}, ` +
      `otherwise Vault may be unable to ask the API server: ${log}`
    );
  }
  return `Vault at ${address} answered ${status} to the login; see what it says: ${log}`;
}

interface Request {
  readonly method: NonNullable<Question["method"]>;
  readonly path: string;
  readonly token?: string;
  readonly body?: Json;
}

async function askVault(
  { address, certificate, patience }: TokenArgs,
  { method, path, token, body }: Request,
): Promise<Answer> {
  return ask({
    ...{ method, address: vaultPath(address, path), patience },
    ...(token === undefined ? {} : { headers: { "X-Vault-Token": token } }),
    ...(body === undefined ? {} : { body }),
    ...(certificate === undefined ? {} : { authorities: certificate }),
  });
}

function trusted(answer: Answer, { address }: TokenArgs): Extract<Answer, { readonly kind: "answer" }> {
  switch (answer.kind) {
    case "answer":
      return answer;
    case "untrusted":
      throw new Obstacle(
        `the certificate of Vault at ${address} is signed by nobody that is trusted here, or is made out for another name; ` +
          "name the authority's file in VAULT_CACERT, or see whether the certificate is there yet (`kubectl get certificates -A`)",
      );
    case "silent":
      throw new Obstacle(`Vault at ${address} has stopped answering (${answer.reason ?? "no reason"}); try again`);
  }
}
