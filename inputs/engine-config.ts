import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { allConfig } from "@pulumi/pulumi/runtime/config";
import { configNamespace } from "../model/config-keys";
import { type Json, toJson } from "../model/json";
import type { ProjectsSecretKey, projectsSecretTexts } from "../model/projects-settings";
import type { GitHubSecrets } from "./github-credentials";
import type { RawConfig, RawValue } from "./raw-config";
import { placesOf, plainPartsOf, stackFileName } from "./stack-file";
import type { VaultEnvironment } from "./vault-status";
import { parseYaml } from "./yaml-document";

/** The configuration that the engine hands to the program. A person's places in the stack's file are kept where it is there. */
export function readEngineConfig(): RawConfig {
  const stack = pulumi.getStack();
  const file = stackFileName(stack);
  const secretKeys = engineSecretKeys();
  const document = existsSync(file) ? parseYaml(file, readFileSync(file)).document : undefined;
  const plainParts = document ? plainPartsOf(document) : new Map<string, readonly string[]>();
  const values = Object.entries(allConfig()).map(([key, value]): [string, RawValue] => [
    key,
    secretKeys.has(key)
      ? { value: undefined, secret: true, plainParts: plainParts.get(key) ?? [] }
      : { value, secret: false },
  ]);
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

/** GitHub's secrets by owner, in plain text. The SDK hands a secret over as an Output, which nothing can check. */
export function readGitHubSecrets(): GitHubSecrets {
  return {
    githubTokens: secretObject("githubTokens"),
    githubAppKeys: secretObject("githubAppKeys"),
    releaseSecrets: {
      statusTokens: secretObject("githubStatusTokens"),
      chatWebhook: secretValue("chatWebhook") ?? "",
      dispatchToken: secretValue("githubDispatchToken") ?? "",
    },
    variables: strongVariables.filter((name) => process.env[name]),
  };
}

/** Variables that GitHub's provider takes before its own inputs, or beside a token. Source: github/provider.go, v6.15. */
const strongVariables = [
  ...["GITHUB_OWNER", "GITHUB_ORGANIZATION"],
  ...["GITHUB_APP_ID", "GITHUB_APP_INSTALLATION_ID", "GITHUB_APP_PEM_FILE"],
];

/** How Vault's provider reaches it: by the variables of Vault's own command line, of which the program keeps nothing. */
export function readVaultEnvironment(): VaultEnvironment {
  const { VAULT_TOKEN: token, VAULT_CACERT: authorities, HOME: home = "" } = process.env;
  const files = [".vault-token", ".vault"].map((name) => join(home, name));
  return {
    token: token === "" ? undefined : token,
    otherToken: files.some((file) => existsSync(file)),
    authorities: authorities && existsSync(authorities) ? readFileSync(authorities, "utf8") : undefined,
  };
}

/** What is no JSON is the text itself: a message of the parser, or of the SDK, would show a part of it. */
function secretObject(key: ProjectsSecretKey): Json {
  const text = secretValue(key) ?? "{}";
  try {
    return toJson(JSON.parse(text));
  } catch {
    return text;
  }
}

function secretValue(key: ProjectsSecretKey | keyof typeof projectsSecretTexts): string | undefined {
  return allConfig()[`${configNamespace}:${key}`];
}

/** Keys that are encrypted in the stack's file. The SDK knows them but has no public way to ask. */
function engineSecretKeys(): ReadonlySet<string> {
  const text = process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]";
  const keys: unknown = JSON.parse(text);
  return new Set(Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []);
}
