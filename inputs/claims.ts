import { posix } from "node:path";
import { z } from "zod";
import type { Problem } from "../model/input-error";
import { nameText, serviceNameText } from "../model/project-scalars";
import { pathText } from "./found-value";
import type { YamlDocument } from "./yaml-nodes";

/** A name that only one place may have. */
export interface Claim {
  readonly document: YamlDocument;
  readonly path: readonly PropertyKey[];
  readonly text: string;
  /** Equal for two claims of the same thing. */
  readonly key: string;
}

/** A claim of what another one has already. */
export interface Repetition<T extends Claim = Claim> {
  readonly claim: T;
  readonly first: T;
}

/** Every claim but the first of each key. */
export function repeated<T extends Claim>(claims: readonly T[]): readonly Repetition<T>[] {
  const firsts = new Map<string, T>();
  return claims.flatMap((claim) => {
    const first = firsts.get(claim.key);
    if (first) return [{ claim, first }];
    firsts.set(claim.key, claim);
    return [];
  });
}

/** Where a problem of a claim is reported. */
export function at({
  document,
  path,
}: Pick<Claim, "document" | "path">): Pick<Problem, "file" | "line" | "column" | "path"> {
  return { file: document.file, ...document.locate(path), path: pathText(path) };
}

/** `applications.0.domains.1 (projects/shop.yaml:4)`, or less of the path. */
export function place({ document, path }: Claim, depth = path.length): string {
  return `${pathText(path.slice(0, depth))} (${document.file}:${document.locate(path).line})`;
}

/** Name of the project that a file describes, sound or not. */
export function projectOf({ file }: Pick<YamlDocument, "file">): string {
  return posix.basename(file, ".yaml");
}

const environments = z.array(z.object({ name: nameText.optional().catch(undefined) }).catch({})).catch([]);
const owner = z.object({ name: serviceNameText.optional().catch(undefined), environments }).catch({ environments: [] });
const owners = z.record(z.string(), z.array(owner).catch([])).catch({});

/**
 * The application or database that has it, such as `shop/api (projects/shop.yaml:4)`, or the environment of one; by its
 * place where that has no sound name.
 */
export function ownerOf(claim: Claim): string {
  const { document, path } = claim;
  const [list, index, inner, entry] = path;
  const found = owners.parse(document.value)[String(list)]?.[Number(index)];
  if (found?.name === undefined) return place(claim, 2);
  const name = `${projectOf(document)}/${found.name} (${document.file}:${document.locate(path).line})`;
  if (inner !== "environments") return name;
  const environment = found.environments[Number(entry)]?.name;
  return environment === undefined ? place(claim, 4) : `the environment ${environment} of ${name}`;
}
