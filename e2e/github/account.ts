/** An organization or a person on GitHub. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "Organization" | "User";
}

/** A fine-grained token: it belongs to one owner and reaches that owner's repositories alone. */
export interface Token {
  readonly owner: string;
  /**
   * Permissions on contents, administration and webhooks together, to read or to write; or to write nothing but the states of
   * commits, or nothing but contents.
   */
  readonly access: "read" | "write" | "statuses" | "contents";
  /** It has made more requests than it may; GitHub answers again from then on. */
  readonly limitedUntil?: Date;
}

/** What GitHub says about the requests of a token. Source: https://docs.github.com/rest/rate-limit/rate-limit */
export function rateLimit({ limitedUntil }: Token) {
  const limit = 5000;
  const now = new Date();
  const isSpent = limitedUntil !== undefined && limitedUntil > now;
  const reset = isSpent ? limitedUntil : new Date(now.getTime() + 3_600_000);
  const remaining = isSpent ? 0 : limit;
  return { limit, remaining, used: limit - remaining, reset: Math.ceil(reset.getTime() / 1000) };
}
