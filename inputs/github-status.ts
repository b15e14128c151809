import { isJsonObject, type Json } from "../model/json";
import { gitHubRateLimit, gitHubSilent, gitHubUnknownToken } from "../model/provider-errors/github-errors";
import type { GitHubCredential } from "./github-credentials";
import { ask } from "./service-request";

/** GitHub's own address. */
const publicApi = "https://api.github.com";

export interface GitHubAccess {
  readonly owner: string;
  /** Address of a GitHub Enterprise server; empty: github.com. */
  readonly baseUrl: string;
  readonly credential: GitHubCredential;
}

/**
 * Why GitHub's provider would fail at every resource of an owner, or wait for up to an hour without a word, in one sentence.
 * Undefined when it would not, or when that cannot be known from here: an App has no token yet.
 */
export async function gitHubProblem(
  { owner, baseUrl, credential }: GitHubAccess,
  patience = 5000,
): Promise<string | undefined> {
  if (credential.kind !== "token") return undefined;
  // Costs nothing of the limit. Source: docs.github.com, "REST API endpoints for rate limits".
  const address = `${api(baseUrl)}/rate_limit`;
  const headers = { Authorization: `Bearer ${credential.token}`, "User-Agent": "idp" };
  const answer = await ask({ address, headers, patience });
  if (answer.kind !== "answer") return answer.kind === "silent" ? gitHubSilent : undefined;
  if (answer.status === 401) return gitHubUnknownToken(owner);
  return limitProblem(at(at(answer.body, "resources"), "core"));
}

/** Where GitHub Enterprise has its API. Source: WithEnterpriseURLs in google/go-github. */
function api(baseUrl: string): string {
  if (baseUrl === "") return publicApi;
  const base = baseUrl.replace(/\/+$/, "");
  return base.endsWith("/api/v3") || new URL(base).hostname.startsWith("api.") ? base : `${base}/api/v3`;
}

function limitProblem(core: Json | undefined): string | undefined {
  const [remaining, reset] = [at(core, "remaining"), at(core, "reset")];
  if (remaining !== 0 || typeof reset !== "number") return undefined;
  return gitHubRateLimit(`after ${new Date(reset * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`);
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}
