import type { RetentionBody } from "./bodies";

/** An image in Harbor. */
export interface Artifact {
  /** Below the project, such as `api` or `api/cache`. */
  readonly repository: string;
  /** Empty: its tag has moved on to another image. */
  readonly tags: readonly string[];
  /** The higher, the later. */
  readonly pushed: number;
}

type Rule = RetentionBody["rules"][number];
type Selector = Rule["tag_selectors"][number];

/**
 * What stays after retention has run: in each repository that a rule is about, what any of these rules retains. Source:
 * src/pkg/retention/{launcher.go,policy/alg/or/processor.go}, src/lib/selector/selectors/doublestar/selector.go (v2.15.1)
 */
export function retained({ rules }: RetentionBody, artifacts: readonly Artifact[]): readonly Artifact[] {
  return artifacts.filter((artifact) => {
    const about = rules.filter((rule) => !rule.disabled && isAbout(rule, artifact.repository));
    const neighbours = artifacts.filter(({ repository }) => repository === artifact.repository);
    return about.length === 0 || about.some((rule) => retainedBy(rule, neighbours).includes(artifact));
  });
}

function isAbout({ scope_selectors: scope }: Rule, repository: string): boolean {
  return (scope["repository"] ?? []).every(({ decoration, pattern }) => {
    return matches(pattern, repository) === (decoration === "repoMatches");
  });
}

function retainedBy(
  { template, params, tag_selectors: tags }: Rule,
  artifacts: readonly Artifact[],
): readonly Artifact[] {
  const selected = artifacts.filter((artifact) => tags.every((selector) => isSelected(selector, artifact)));
  if (template === "always") return selected;
  if (template !== "latestPushedK") throw new Error(`${template} is not known`);
  return selected.sort((one, other) => other.pushed - one.pushed).slice(0, Number(params[template]));
}

function isSelected({ decoration, pattern, extras }: Selector, { tags }: Artifact): boolean {
  if (decoration !== "matches") throw new Error(`${decoration} is not known`);
  return tags.length === 0 ? extras.includes('"untagged":true') : tags.some((tag) => matches(pattern, tag));
}

/** Source: github.com/bmatcuk/doublestar v1, Match */
function matches(pattern: string, text: string): boolean {
  const alternatives = pattern.replace(/[{},]/g, (sign) => ({ "{": "(", "}": ")", ",": "|" })[sign] ?? sign);
  const stars = alternatives.replace(/\*+/g, (run) => (run === "**" ? ".*" : "[^/]*"));
  return new RegExp(`^(${stars})$`).test(text);
}
