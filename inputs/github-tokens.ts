import { type ConfiguredOwner, ownerCommand } from "../model/config-commands";
import type { Problem } from "../model/input-error";
import type { Json } from "../model/json";

type Words = Pick<Problem, "problem" | "remedy">;

/** Tokens that reach more than this program needs, by their form. Source: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ */
const wideTokens: readonly (readonly [RegExp, string])[] = [
  // Before 2021 it was 40 hex digits.
  [/^(ghp_|[0-9a-f]{40}$)/i, "is a classic token, which reaches every repository that its user reaches"],
  [
    /^gho_/i,
    "is the token of an OAuth app such as `gh`, which reaches every repository that its user has let the app reach",
  ],
];

/** What a token can be made of: it is part of a header, and what surrounds it was copied with it. */
const tokenText = /^(?!.*["'`])[!-~]+$/;

type TokenKey = "githubTokens" | "githubStatusTokens";

/** What is wrong with a token; its value is never part of it. */
export function tokenProblem(owner: ConfiguredOwner, token: Json, key: TokenKey = "githubTokens"): Words | undefined {
  if (!isText(token)) return { problem: "is no text", remedy: `set the token itself: ${ownerCommand(key, owner)}` };
  const advice = key === "githubTokens" ? tokenAdvice : statusTokenAdvice;
  return tokenTextProblem(token, { command: ownerCommand(key, owner), advice: advice(owner) });
}

/** What is wrong with the text of a token: how it is set, and which one would do. */
export function tokenTextProblem(
  token: string,
  { command, advice }: { readonly command: string; readonly advice: string },
): Words | undefined {
  if (!tokenText.test(token)) {
    const problem = "has a blank, a line break, a quote or a letter that is in no token";
    return { problem, remedy: `set the token alone again: ${command}` };
  }
  const wide = wideTokens.find(([form]) => form.test(token));
  return wide && { problem: wide[1], remedy: `revoke it, and ${advice}` };
}

/** What is wrong with the private key of an App; its value is never part of it. */
export function appKeyProblem(owner: ConfiguredOwner, key: Json): Words | undefined {
  const isKey = isText(key) && /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key.trim());
  return isKey ? undefined : { problem: "is no private key in PEM", remedy: keyAdvice(owner) };
}

export function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** What is enough for repositories, rulesets, deploy keys, webhooks and files. */
export function tokenAdvice(owner: ConfiguredOwner): string {
  return (
    `make a fine-grained token for the repositories of ${owner.owner} with the permissions Administration, Contents and Webhooks ` +
    `(read and write) and Metadata (read), or an App with the same; set the token with ${ownerCommand("githubTokens", owner)}`
  );
}

/** What is enough to show how a commit's build stands. */
export function statusTokenAdvice(owner: ConfiguredOwner): string {
  return (
    `make a fine-grained token for the repositories of ${owner.owner} with the permission Commit statuses (read and write) ` +
    `alone, beside Metadata (read), which every token has; set it with ${ownerCommand("githubStatusTokens", owner)}`
  );
}

export function keyAdvice(owner: ConfiguredOwner): string {
  return `make a private key on the App's page and set it with ${ownerCommand("githubAppKeys", owner)}`;
}
