import type { PlatformOutputs } from "./platform-outputs";
import { quantity } from "./quantity";

/** An amount of a machine. */
export interface Amount {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** What all nodes have together. */
export function nodesTogether({ cpu, memory, count }: PlatformOutputs["node"]): Amount {
  return { cpu: quantity(cpu) * count, memory: quantity(memory) * count };
}
