import { z } from "zod";
import { type Json, toJson } from "./json";
import { platformSecretKeys, platformSettings } from "./platform-settings";
import { projectsSecretKeys, projectsSecretTexts, projectsSettings } from "./projects-settings";
import { type RoleName, roleNames } from "./roles";
import { vaultSettings } from "./vault-settings";

/** Namespace of every config key: the name of the Pulumi project. */
export const configNamespace = "idp";

/** The schema of each role's settings. */
export const roleSchemas = {
  platform: platformSettings,
  vault: vaultSettings,
  projects: projectsSettings,
} as const satisfies Readonly<Record<RoleName, z.ZodObject>>;

/** Types that `Pulumi.yaml` knows. */
export type ConfigType = "string" | "integer" | "boolean" | "object" | "array";

/** One config key, as `Pulumi.yaml` declares it. */
export interface ConfigKey {
  /** Without the namespace, such as `harbor`. */
  readonly name: string;
  /** Roles that use it. */
  readonly roles: readonly RoleName[];
  readonly type: ConfigType;
  readonly description: string;
  /**
   * Its value where a stack does not set it; absent: the roles that use it must set it. Pulumi asks every stack for a
   * declared key without default, whatever its role, so `Pulumi.yaml` then says `""` or `{}`.
   */
  readonly default?: Json;
  /** It must be set with `--secret`. */
  readonly secret: boolean;
}

/** Every config key of every role, by name. */
export const configKeys: ReadonlyMap<string, ConfigKey> = new Map(
  [roleKey(), ...settingKeys(), ...secretKeys()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((key): [string, ConfigKey] => [key.name, key]),
);

/** What `Pulumi.yaml` gives a stack that does not set the key. */
export function declaredDefault(key: ConfigKey): Json {
  return key.default ?? (key.type === "object" ? {} : "");
}

function roleKey(): ConfigKey {
  const description = `what the stack is for: ${roleNames.join(", ")}`;
  return { name: "role", roles: roleNames, type: "string", description, secret: false };
}

function settingKeys(): readonly ConfigKey[] {
  const schemas = roleNames.flatMap((role) =>
    Object.entries(shapeOf(role)).map(([name, schema]) => ({ role, name, schema })),
  );
  const first = schemas.filter(({ name }, index) => schemas.findIndex((other) => other.name === name) === index);
  return first.map(({ name, schema }) => {
    const roles = schemas.filter((other) => other.name === name).map(({ role }) => role);
    return settingKey(name, roles, schema);
  });
}

function shapeOf(role: RoleName): Readonly<Record<string, z.ZodType>> {
  return roleSchemas[role].shape;
}

function settingKey(name: string, roles: readonly RoleName[], schema: z.ZodType): ConfigKey {
  const absent = schema.safeParse(undefined);
  const description = schema.description ?? "";
  if (!absent.success) {
    const type = schema instanceof z.ZodObject ? "object" : "string";
    return { name, roles, type, description, secret: false };
  }
  const value = toJson(absent.data);
  return { name, roles, type: typeOf(value), description, default: value, secret: false };
}

function typeOf(value: Json): ConfigType {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return "integer";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "string" : "object";
}

function secretKeys(): readonly ConfigKey[] {
  return [
    ...secretKeysOf("platform", platformSecretKeys, { type: "string", default: "" }),
    ...secretKeysOf("projects", projectsSecretKeys, { type: "object", default: {} }),
    ...secretKeysOf("projects", projectsSecretTexts, { type: "string", default: "" }),
  ];
}

function secretKeysOf(
  role: RoleName,
  keys: Readonly<Record<string, string>>,
  kind: Pick<ConfigKey, "type" | "default">,
): readonly ConfigKey[] {
  return Object.entries(keys).map(([name, description]) => ({
    name,
    roles: [role],
    description,
    ...kind,
    secret: true,
  }));
}
