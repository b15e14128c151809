import type { z } from "zod";
import { setCommand } from "../model/config-commands";
import { configNamespace, roleSchemas } from "../model/config-keys";
import { InputError, type Problem } from "../model/input-error";
import type { Json } from "../model/json";
import type { PlatformSettings } from "../model/platform-settings";
import type { ProjectsSettings } from "../model/projects-settings";
import { type RoleName, roleNames } from "../model/roles";
import type { VaultSettings } from "../model/vault-settings";
import { positionOf, readRoleValues } from "./config-keys";
import { nearest } from "./nearest";
import { platformProblems } from "./platform-checks";
import type { RawConfig } from "./raw-config";
import { checkDocument, type YamlDocument } from "./yaml-document";

interface AnyStack {
  readonly stack: string;
  /** Names of the secret keys that are set. Their values stay with the engine. */
  readonly secrets: ReadonlySet<string>;
}

export type PlatformStack = AnyStack & { readonly role: "platform"; readonly settings: PlatformSettings };
export type VaultStack = AnyStack & { readonly role: "vault"; readonly settings: VaultSettings };
export type ProjectsStack = AnyStack & {
  readonly role: "projects";
  readonly settings: ProjectsSettings;
  /** Owners whose secrets the stack's file shows to be set, by the secret key; absent where nobody knows. */
  readonly secretParts?: ReadonlyMap<string, readonly string[]>;
};

/** The checked settings of a stack. */
export type StackSettings = PlatformStack | VaultStack | ProjectsStack;

/** Checks the whole configuration of a stack. Throws one InputError with every problem. */
export function checkSettings(raw: RawConfig): StackSettings {
  const role = roleOf(raw);
  const { values, secrets, secretParts, problems } = readRoleValues(raw, role);
  const base = { stack: raw.stack, secrets };
  switch (role) {
    case undefined:
      throw new InputError([roleProblem(raw), ...problems]);
    case "platform": {
      const checked = checkValues(raw, values, roleSchemas.platform);
      const cross = checked.value ? platformProblems(raw, checked.value, secrets) : [];
      return { ...base, role, settings: settled(checked, [...problems, ...cross]) };
    }
    case "vault":
      return { ...base, role, settings: settled(checkValues(raw, values, roleSchemas.vault), problems) };
    case "projects":
      return {
        ...base,
        role,
        secretParts,
        settings: settled(checkValues(raw, values, roleSchemas.projects), problems),
      };
  }
}

const roleKey = `${configNamespace}:role`;

function roleOf(raw: RawConfig): RoleName | undefined {
  return roleNames.find((role) => role === raw.values.get(roleKey)?.value);
}

function roleProblem(raw: RawConfig): Problem {
  const value = raw.values.get(roleKey)?.value;
  const known = roleNames.join(", ");
  if (value === undefined || value === "") {
    const command = setCommand({ stack: raw.stack, key: roleKey, value: roleNames[0] });
    const remedy = `set it to one of ${known}: ${command}`;
    return { ...positionOf(raw, []), path: roleKey, problem: "is missing", remedy };
  }
  const meant = typeof value === "string" ? nearest(value, roleNames) : undefined;
  return {
    ...positionOf(raw, [roleKey]),
    path: roleKey,
    problem: `${JSON.stringify(value)} is not a role`,
    remedy: `${meant ? `did you mean \`${meant}\`? ` : ""}the roles are ${known}`,
  };
}

interface Checked<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

/** The schema speaks of `harbor.storage`; a person reads `idp:harbor.storage` at its place in the file. */
function checkValues<T>(raw: RawConfig, value: Readonly<Record<string, Json>>, schema: z.ZodType<T>): Checked<T> {
  const full = ([first, ...rest]: readonly PropertyKey[]) =>
    first === undefined ? [] : [`${configNamespace}:${String(first)}`, ...rest];
  const nowhere = { line: 1, column: 1 };
  const document: YamlDocument = {
    file: raw.file,
    value,
    locate: (path) => raw.places?.locate(full(path)) ?? nowhere,
    locateKey: (path) => raw.places?.locateKey(full(path)) ?? nowhere,
    source: () => undefined,
  };
  const { problems, ...checked } = checkDocument(document, schema);
  const placed = raw.places
    ? problems
    : problems.map(({ file, path, problem, remedy }) => ({ file, path, problem, remedy }));
  return {
    ...checked,
    problems: placed.map((problem) => ({ ...problem, path: `${configNamespace}:${problem.path ?? ""}` })),
  };
}

function settled<T>(checked: Checked<T>, others: readonly Problem[]): T {
  const problems = [...checked.problems, ...others];
  if (checked.value === undefined || problems.length > 0) throw new InputError(problems);
  return checked.value;
}
