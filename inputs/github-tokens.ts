import { configNamespace } from "../model/config-keys";
import type { Problem } from "../model/input-error";
import type { Json } from "../model/json";
import type { ProjectsSecretKey } from "../model/projects-settings";

type Words = Pick<Problem, "problem" | "remedy">;

/** Tokens that reach more than this program needs, by how they start. Source: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const wideTokens: Readonly<Record<string, string>> = {
  ghp_: "is a classic token, which reaches every repository that its user reaches",
  gho_: "is the token of an OAuth app such as `gh`, which reaches every repository that its user has let the app reach",
};

/** What is wrong with a token; its value is never part of it. */
export function tokenProblem(owner: string, token: Json): Words | undefined {
  if (!isText(token))
    return { problem: "is no text", remedy: `set the token itself: ${command("githubTokens", owner)}` };
  const wide = Object.entries(wideTokens).find(([start]) => token.startsWith(start));
  return wide && { problem: wide[1], remedy: `revoke it, and ${tokenAdvice(owner)}` };
}

/** What is wrong with the private key of an App; its value is never part of it. */
export function appKeyProblem(owner: string, key: Json): Words | undefined {
  const isKey = isText(key) && /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key.trim());
  return isKey ? undefined : { problem: "is no private key in PEM", remedy: keyAdvice(owner) };
}

export function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** What is enough for repositories, rulesets, deploy keys, webhooks and files. */
export function tokenAdvice(owner: string): string {
  return (
    `make a fine-grained token for the repositories of ${owner} with the permissions Administration, Contents and Webhooks ` +
    `(read and write) and Metadata (read), or an App with the same; set the token with ${command("githubTokens", owner)}`
  );
}

export function keyAdvice(owner: string): string {
  return `make a private key on the App's page and set it with ${command("githubAppKeys", owner)} < FILE`;
}

/** How one owner's secret is set. */
export function command(key: ProjectsSecretKey, owner: string): string {
  return `\`pulumi config set --secret --path '${configNamespace}:${key}.${owner}'\``;
}
