import type { VaultSeal } from "../../../model/vault-server-settings";
import type { LifePlace } from "./life-place";
import { LifeRun } from "./life-run";

export interface RowOptions {
  readonly seal?: VaultSeal;
}

export type Row = (title: string, use: (run: LifeRun) => Promise<void>, options?: RowOptions) => void;

/** Rows each of which has a Vault and a namespace of its own, and ends them. */
export function rowsAt(place: LifePlace): Row {
  return (title, use, { seal = "shamir" } = {}) => {
    if (!place.seals.includes(seal)) return;
    it(title, async () => {
      const run = await LifeRun.begin(place, seal);
      try {
        await use(run);
      } finally {
        await run.end();
      }
    });
  };
}
