import { execFileSync } from "node:child_process";
import { z } from "zod";
import { listObjects } from "./kubectl";

/** A service account. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

const rule = z.object({
  verbs: z.array(z.string()),
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  resourceNames: z.array(z.string()).default([]),
});
const review = z.object({
  incomplete: z.literal(false),
  resourceRules: z.array(rule),
  nonResourceRules: z.array(z.object({ verbs: z.array(z.string()), nonResourceURLs: z.array(z.string()) })),
});

/** Name by which kubectl acts as the account. */
export function userName({ namespace, name }: Account): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/**
 * All that an account may do beyond what every account may, by namespace, such as `create argoproj.io/workflows`. A right
 * for the whole cluster would be there in each namespace; one where the account has none is left out.
 */
export function rightsOf(account: Account): Readonly<Record<string, readonly string[]>> {
  const namespaces = listObjects("namespaces").map(({ metadata }) => metadata.name);
  const everybody = rulesOf({ namespace: account.namespace, name: "nobody-in-particular" }, namespaces);
  const rules = rulesOf(account, namespaces);
  const rights = namespaces.map((namespace, index) => {
    const common = new Set(everybody[index]);
    return [namespace, (rules[index] ?? []).filter((text) => !common.has(text)).sort()] as const;
  });
  return Object.fromEntries(rights.filter(([, found]) => found.length > 0));
}

/** What the API server itself says, for each namespace. */
function rulesOf(account: Account, namespaces: readonly string[]): readonly (readonly string[])[] {
  const kind = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectRulesReview" };
  const items = namespaces.map((namespace) => ({ ...kind, spec: { namespace } }));
  const output = ["-o", 'jsonpath={.status}{"\\n"}'];
  const input = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const command = ["create", "-f", "-", `--as=${userName(account)}`, ...output];
  const lines = execFileSync("kubectl", command, { input, encoding: "utf8" }).trim().split("\n");
  if (lines.length !== namespaces.length)
    throw new Error(`${lines.length} answers for ${namespaces.length} namespaces`);
  return lines.map((line) => {
    const { resourceRules, nonResourceRules } = review.parse(JSON.parse(line));
    const urls = nonResourceRules.map(
      ({ verbs, nonResourceURLs }) => `${verbs.join(",")} ${nonResourceURLs.join(",")}`,
    );
    return [...resourceRules.flatMap(sentences), ...urls];
  });
}

function sentences({ verbs, apiGroups, resources, resourceNames }: z.infer<typeof rule>): readonly string[] {
  const names = resourceNames.length === 0 ? "" : ` ${resourceNames.join(",")}`;
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.map((verb) => `${verb} ${group === "" ? "" : `${group}/`}${resource}${names}`),
    ),
  );
}
