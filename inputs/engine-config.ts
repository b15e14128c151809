import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { configNamespace } from "../model/config-keys";
import type { RawConfig, RawValue } from "./raw-config";
import { placesOf, stackFileName } from "./stack-file";
import { parseYaml } from "./yaml-document";

/** The configuration that the engine hands to the program. A person's places in the stack's file are kept where it is there. */
export function readEngineConfig(): RawConfig {
  const stack = pulumi.getStack();
  const file = stackFileName(stack);
  const secretKeys = engineSecretKeys();
  const values = Object.entries(allConfig()).map(([key, value]): [string, RawValue] => [
    key,
    secretKeys.has(key) ? { value: undefined, secret: true } : { value, secret: false },
  ]);
  const document = existsSync(file) ? parseYaml(file, readFileSync(file)).document : undefined;
  return {
    stack,
    file,
    values: new Map(values),
    ...(document ? { places: placesOf(document) } : {}),
  };
}

/** Values of secret keys, for the components that need them. */
export function readEngineSecrets(keys: ReadonlySet<string>): Readonly<Record<string, pulumi.Output<string>>> {
  const config = new pulumi.Config(configNamespace);
  return Object.fromEntries([...keys].map((key) => [key, config.requireSecret(key)]));
}

/** Keys that are encrypted in the stack's file. The SDK knows them but has no public way to ask. */
function engineSecretKeys(): ReadonlySet<string> {
  const text = process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]";
  const keys: unknown = JSON.parse(text);
  return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []);
}
