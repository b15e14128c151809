import { setSecretCommand } from "../model/config-commands";
import type { Json } from "../model/json";
import { dispatchTokenSecret } from "../model/dispatch-names";
import { chatWebhookSecret, statusTokenSecret } from "../model/report-names";
import { isText, statusTokenAdvice, tokenProblem } from "./github-tokens";
import { dispatchProblems } from "./dispatch-token";
import { type Entry, type Found, fullKey, located, sourceOf } from "./owner-secrets";

/** What the engine holds for releases and for telling people of builds. The values are plain, and go into Secrets of the cluster alone. */
export interface ReleaseSecrets {
  /** Tokens that write commit statuses, by owner. */
  readonly statusTokens: Json;
  /** Address of the chat's webhook; empty: there is none. */
  readonly chatWebhook: string;
  /** Token that starts workflows of the GitOps repository; empty or absent: there is none. */
  readonly dispatchToken?: string;
}

const tokensKey = "githubStatusTokens";

interface Given {
  readonly githubTokens: Json;
  readonly releaseSecrets?: ReleaseSecrets;
}

/** What is wrong with those secrets; no value is part of it. */
export function releaseSecretProblems(stack: string, { githubTokens, releaseSecrets: given }: Given): readonly Found[] {
  if (given === undefined) return [];
  const { entries, problems } = sourceOf(stack, tokensKey, given.statusTokens);
  const wide = sourceOf(stack, "githubTokens", githubTokens).entries;
  return [
    ...problems,
    ...[...entries].flatMap(([name, entry]) => [
      ...located(entry, tokenProblem(entry, entry.value, tokensKey)),
      ...located(entry, sameToken(entry, wide.get(name))),
    ]),
    ...chatProblems(stack, given.chatWebhook),
    ...dispatchProblems(stack, given.dispatchToken ?? "", githubTokens),
  ];
}

/** Checked secrets: what a plan may know of them, and the values by the names that it has for them. */
export interface KnownReleaseSecrets {
  /** Owners in each secret key that is set. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly values: Readonly<Record<string, string>>;
}

/** Of secrets that `releaseSecretProblems` finds nothing wrong with. */
export function knownReleaseSecrets(stack: string, given: ReleaseSecrets | undefined): KnownReleaseSecrets {
  if (given === undefined) return { parts: new Map(), values: {} };
  const { statusTokens, chatWebhook, dispatchToken = "" } = given;
  const tokens = [...sourceOf(stack, tokensKey, statusTokens).entries].flatMap(([owner, { value }]) =>
    isText(value) ? [{ owner, value }] : [],
  );
  const texts = {
    ...(chatWebhook === "" ? {} : { [chatWebhookSecret]: chatWebhook }),
    ...(dispatchToken === "" ? {} : { [dispatchTokenSecret]: dispatchToken }),
  };
  return {
    parts: new Map([
      [tokensKey, tokens.map(({ owner }) => owner)],
      ...Object.keys(texts).map((key): [string, readonly string[]] => [key, []]),
    ]),
    values: { ...Object.fromEntries(tokens.map(({ owner, value }) => [statusTokenSecret(owner), value])), ...texts },
  };
}

/** It would be in the cluster, where the other one, with which repositories are made and deleted, never is. */
function sameToken(entry: Entry<Json>, other: Entry<Json> | undefined) {
  if (!isText(entry.value) || entry.value !== other?.value) return undefined;
  return { problem: `is the token of ${other.path}`, remedy: statusTokenAdvice(entry) };
}

function chatProblems(stack: string, webhook: string): readonly Found[] {
  if (webhook === "" || isWebAddress(webhook)) return [];
  const path = fullKey("chatWebhook");
  const problem = "is no address that starts with `https://`";
  return [{ path, problem, remedy: `set the webhook's address again: ${setSecretCommand({ stack, key: path })}` }];
}

function isWebAddress(text: string): boolean {
  return /^https:\/\/[!-~]+$/.test(text) && URL.canParse(text);
}
