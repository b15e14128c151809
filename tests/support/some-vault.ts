import { platformArgs } from "../../plan/platform/platform-args";
import type { VaultArgs } from "../../plan/platform/vault";
import { someSettings } from "./cluster";

/** Vault of a small cluster; `settings` are config values as a person would write them. */
export function someVault(settings: object = {}): VaultArgs {
  return platformArgs(someSettings(settings), new Set()).vault;
}

/** Another Vault whose transit engine opens this one. */
export const otherVault = { address: "https://vault.other.example:8443", mount: "transit", key: "homelab" } as const;

/** Settings for each way in which Vault is opened, by what a person calls it. */
export const unsealSettings = {
  "Vault, by itself": { vault: {} },
  "Vault, by a person": { vault: { unseal: { mode: "manual" } } },
  "Vault, by another Vault": { vault: { unseal: { mode: "transit", transit: otherVault } } },
  "OpenBao, by itself": { vault: { distribution: "openbao" } },
  "OpenBao, by a person": { vault: { distribution: "openbao", unseal: { mode: "manual" } } },
  "OpenBao, by another Vault": { vault: { distribution: "openbao", unseal: { mode: "transit", transit: otherVault } } },
} as const;

/** The same as rows of a table. */
export const unsealRows = Object.entries(unsealSettings).map(([title, settings]) => ({ title, settings }));

/** A store for backups. */
export const someStore = { s3: { endpoint: "https://s3.lab.example:9000", bucket: "backups" } } as const;
