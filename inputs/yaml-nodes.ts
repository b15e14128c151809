import { isMap, isNode, isScalar, isSeq, type LineCounter, type Pair, type YAMLMap } from "yaml";

/** 1-based, columns counted in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Plain data, and where each value of it was written. */
export interface YamlDocument {
  /** As the person sees it, such as `projects/shop.yaml`. */
  readonly file: string;
  readonly value: unknown;
  /** Where a value begins; where there is none, the nearest value around it. */
  locate(path: readonly PropertyKey[]): Position;
  /** Where the last key of the path stands. */
  locateKey(path: readonly PropertyKey[]): Position;
  /** A scalar as it was written, without quotes: `8.0`, of which the value keeps only 8. */
  source?(path: readonly PropertyKey[]): string | undefined;
}

/** The nodes of a parsed file, found by path. */
export class YamlNodes {
  readonly #lines: LineCounter;
  readonly #root: unknown;
  // Both are for files with thousands of problems, which would otherwise be searched from the start for each of them.
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  readonly #characters: Uint32Array;

  constructor(text: string, lines: LineCounter, root: unknown) {
    this.#lines = lines;
    this.#root = root;
    this.#characters = charactersBefore(text);
  }

  at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    if (line === 0) return { line: 1, column: 1 };
    return { line, column: (this.#characters[offset] ?? 0) - (this.#characters[offset - col + 1] ?? 0) + 1 };
  }

  /** Where the value begins; where there is none, the nearest value around it. */
  locate(path: readonly PropertyKey[]): Position {
    return this.#start(this.#find(path).nodes.at(-1));
  }

  /** Where the last key of the path stands; where there is none, the nearest value around it. */
  locateKey(path: readonly PropertyKey[]): Position {
    const { nodes, key } = this.#find(path);
    return this.#start(nodes.length === path.length + 1 && key !== undefined ? key : nodes.at(-1));
  }

  /** A plain or quoted scalar as it stands in the file, without quotes. */
  source(path: readonly PropertyKey[]): string | undefined {
    const { nodes } = this.#find(path);
    const node = nodes.at(-1);
    return nodes.length === path.length + 1 && isScalar(node) ? node.source : undefined;
  }

  #start(node: unknown): Position {
    return this.at(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  }

  /** The nodes along the path as far as they exist, and the key of the last one. */
  #find(path: readonly PropertyKey[]): { readonly nodes: readonly unknown[]; readonly key: unknown } {
    const nodes: unknown[] = [this.#root];
    let key: unknown;
    for (const segment of path) {
      const step = this.#step(nodes.at(-1), segment);
      // In `{hash}` there is a key and nothing else.
      const node = step?.value ?? step?.key;
      if (!step || !isNode(node)) break;
      nodes.push(node);
      key = step.key;
    }
    return { nodes, key };
  }

  #step(node: unknown, segment: PropertyKey): { readonly key: unknown; readonly value: unknown } | undefined {
    if (isSeq(node) && typeof segment === "number") return { key: undefined, value: node.items[segment] };
    return isMap(node) ? this.#pairsOf(node).get(String(segment)) : undefined;
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key), pair]));
    this.#pairs.set(map, known);
    return known;
  }
}

/** How many characters stand before each unit of a text; an emoji is one character and two units. */
function charactersBefore(text: string): Uint32Array {
  const counts = new Uint32Array(text.length + 1);
  for (let offset = 0; offset < text.length; offset += 1) {
    const isSecondUnit = /[\uDC00-\uDFFF]/.test(text.charAt(offset));
    counts[offset + 1] = (counts[offset] ?? 0) + (isSecondUnit ? 0 : 1);
  }
  return counts;
}

/** A key as it ends up in plain data. */
export function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}
