import { explainGitHub } from "./github-errors";
import { explainKubernetes } from "./kubernetes-errors";
import { explainVault } from "./vault-errors";

/** What the engine tells of a resource that failed. */
export interface Failure {
  /** Logical name, such as `shop.mysql.server`. */
  readonly name: string;
  /** Type token, such as `github:index/repository:Repository`. */
  readonly type: string;
  /** What its provider said. */
  readonly text: string;
}

const explainers: Readonly<Record<string, (text: string) => string | undefined>> = {
  github: explainGitHub,
  vault: explainVault,
  kubernetes: explainKubernetes,
};

/**
 * What a failure means and what to do about it, beginning with whose it is: `shop: Vault is sealed; ...`. Undefined when
 * nobody knows better than the provider. Nothing of its text is repeated but names and paths, so no secret can be.
 */
export function explainFailure({ name, type, text }: Failure): string | undefined {
  const [packageName = ""] = type.split(":");
  const sentence = explainers[packageName]?.(text);
  return sentence === undefined ? undefined : `${name.split(".")[0] ?? name}: ${sentence}`;
}
