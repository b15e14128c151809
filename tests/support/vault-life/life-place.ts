import type { VaultSeal } from "../../../model/vault-server-settings";
import type { SealableVault } from "./sealable-vault";

/** Objects with text in them that the programs of Vault's life make or delete. */
export type LifeKind = "secret" | "configmap";

export type LifeData = Readonly<Record<string, string>>;

/** A Vault that can be stopped and started again, at the same address and with what it holds. */
export interface LifeVault extends Pick<SealableVault, "address" | "start" | "stop"> {
  /** Takes away what it holds; it has been stopped. */
  remove(): void | Promise<void>;
}

/** An API server with one namespace, seen as somebody who may do everything there. */
export interface LifeApi {
  /** Such as `https://127.0.0.1:6443`. */
  readonly address: string;
  /** The certificate by which it is known (PEM); absent: it speaks plain http. */
  readonly authority?: string;
  readonly namespace: string;
  /** A token of the account of one of the programs, which has the rights that the plan gives it. */
  token(account: "init" | "bootstrapEnd"): Promise<string>;
  /** The object's data as text; undefined without one. */
  data(kind: LifeKind, name: string): Promise<LifeData | undefined>;
  /** Makes the object as somebody else would. */
  put(kind: LifeKind, name: string, data: LifeData): Promise<void>;
  /** Also when there is none. */
  remove(kind: LifeKind, name: string): Promise<void>;
  /** Gives `vault-init` its right to create Secrets, or takes it. */
  letStore(may: boolean): Promise<void>;
  /** Takes everything away. */
  end(): Promise<void>;
}

/** Where the rows run: against stand-ins, or against real servers. */
export interface LifePlace {
  /** Such as `stand-ins`. */
  readonly name: string;
  /** The seals that a server can have there. */
  readonly seals: readonly VaultSeal[];
  /** A server that has never been initialised; it has not been started. */
  vault(seal: VaultSeal): Promise<LifeVault>;
  /** A namespace with the accounts of the plan, and without any trace of Vault. */
  api(): Promise<LifeApi>;
}
