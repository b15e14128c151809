import assert from "node:assert/strict";

/** What a policy of Vault allows on which paths. */
export interface PolicyRule {
  readonly path: string;
  readonly capabilities: readonly string[];
}

/** Reads rules of the one form that we write; any other text fails. */
export function parsePolicy(rules: string): readonly PolicyRule[] {
  const one = /^path "([^"\n]+)" \{\n {2}capabilities = \[((?:"[a-z]+"(?:, )?)+)\]\n\}\n\n?/;
  const parsed: PolicyRule[] = [];
  for (let rest = rules; rest !== "";) {
    const [whole, path = "", list = ""] = one.exec(rest) ?? [];
    assert.ok(whole !== undefined, `no rule: ${rest}`);
    parsed.push({ path, capabilities: list.split(", ").map((capability) => capability.replaceAll('"', "")) });
    rest = rest.slice(whole.length);
  }
  return parsed;
}

/**
 * All that the rules together allow on a path, whichever of them Vault prefers: `*` at the end stands for any text, `+` for
 * one segment. Source: https://developer.hashicorp.com/vault/docs/concepts/policies#policy-syntax
 */
export function allowedOn(path: string, rules: readonly PolicyRule[]): readonly string[] {
  const matching = rules.filter((rule) => patternOf(rule.path).test(path));
  return [...new Set(matching.flatMap(({ capabilities }) => capabilities))].sort();
}

function patternOf(path: string): RegExp {
  const open = path.endsWith("*");
  const segments = (open ? path.slice(0, -1) : path)
    .split("/")
    .map((segment) => (segment === "+" ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${segments.join("/")}${open ? "" : "$"}`);
}
