/** What a policy allows on one path: `*` at its end stands for any text, `+` for one segment. */
export type PolicyRule = readonly [path: string, ...capabilities: readonly Capability[]];

type Capability = "create" | "read" | "update" | "delete" | "list" | "sudo";

/** Rules in Vault's policy language. */
export function policyText(rules: readonly PolicyRule[]): string {
  return rules
    .map(([path, ...capabilities]) => {
      const list = capabilities.map((capability) => `"${capability}"`).join(", ");
      return `path "${path}" {\n  capabilities = [${list}]\n}\n`;
    })
    .join("\n");
}
