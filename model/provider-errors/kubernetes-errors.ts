import { type Explanation, firstExplanation, unreachable } from "./text-pattern";

/** One sentence for an error of the cluster, and what to do; undefined when the text is not a known one. */
export function explainKubernetes(text: string): string | undefined {
  return firstExplanation(text, explanations);
}

const explanations: readonly Explanation[] = [
  {
    pattern: /([\w.-]+) "([\w.-]+)" already exists/,
    sentence: ([, kind = "object", name = ""]) =>
      `the cluster has ${kind} "${name}" already, and not from this stack; remove it if nobody needs it, or choose another name; ` +
      "after a lost state put the exported one back first (docs/runbook.md), since what is there may hold data",
  },
  {
    pattern: /no matches for kind "(\w+)"/,
    sentence: ([, kind = ""]) =>
      `the cluster does not know the kind ${kind}; run \`pulumi up\` of the platform stack first, which brings it`,
  },
  {
    pattern: /exceeded quota/,
    sentence: "the project asks for more than its quota; raise `quota` in its file, or ask for less",
  },
  {
    pattern: /is forbidden: User "([^"\n]*)"/,
    sentence: ([, user = ""]) =>
      `the cluster does not let ${user} do this; use a kubeconfig of an administrator, or the right context`,
  },
  {
    pattern: /cluster is unreachable/,
    sentence: "the cluster does not answer; check KUBECONFIG, and `idp:kubernetes.context` of the platform stack",
  },
  {
    pattern: unreachable,
    sentence: "the cluster does not answer; check KUBECONFIG, and `idp:kubernetes.context` of the platform stack",
  },
];
