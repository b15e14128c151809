/** One thing that a service says, and the sentence for it: what it means, then what to do. No full stop. */
export interface Explanation {
  readonly pattern: RegExp;
  readonly sentence: string | ((match: RegExpExecArray) => string);
}

/** The sentence of the first pattern that the text has; undefined when nobody knows better than the text itself. */
export function firstExplanation(text: string, explanations: readonly Explanation[]): string | undefined {
  for (const { pattern, sentence } of explanations) {
    const match = pattern.exec(text);
    if (match) return typeof sentence === "string" ? sentence : sentence(match);
  }
  return undefined;
}

/** What Go says of a server that cannot be reached. Source: packages net and crypto/x509. */
export const unreachable =
  /dial tcp [^\n]*?(connection refused|no such host|i\/o timeout|network is unreachable|no route to host)|context deadline exceeded/;

/** What Go says of a certificate that nobody it knows has signed. */
export const untrusted = /x509: certificate (signed by unknown authority|is valid for|is not trusted|has expired)/;
