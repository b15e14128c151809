import type { Json } from "../model/json";
import type { YamlDocument } from "./yaml-document";

/** One value as a stack file or the engine has it. */
export interface RawValue {
  /** Text where Pulumi made text of it; undefined for a secret, which nobody reads here. */
  readonly value: Json | undefined;
  readonly secret: boolean;
  /** Names inside an object of secrets, such as `myorg`; none for one encrypted text; undefined where no file shows it. */
  readonly secretParts?: readonly string[];
  /** Parts of a secret that are written in plain text beside encrypted ones, such as `myorg`. */
  readonly plainParts?: readonly string[];
}

/** The configuration of one stack before it is checked. */
export interface RawConfig {
  /** Name of the stack. */
  readonly stack: string;
  /** What a person edits, such as `Pulumi.homelab.yaml`. */
  readonly file: string;
  /** By full key, such as `idp:domain`. */
  readonly values: ReadonlyMap<string, RawValue>;
  /** Where `["idp:harbor", "storage"]` and its key stand in the file; absent when there is no file. */
  readonly places?: Pick<YamlDocument, "locate" | "locateKey">;
}
