import type { Application } from "../../model/application";
import { applicationVaultPath, enteredVaultKey, enteredVaultPath, logicalName } from "../../model/names";
import { secretOf, secretText } from "../../model/secret-text";
import { sorted } from "../../model/sorted";
import type { PlannedPassword } from "../planned-resource";
import type { PlannedVaultSecret } from "../planned-vault";
import { planRotatedPassword } from "./generated-password";

/** Stands in Vault for a secret that a person has yet to enter. Frozen: what holds it counts as not entered. */
export const enteredPlaceholder = "to-be-entered";

/** The secret variables of an application in Vault: all generated ones together, and each entered one by itself. */
export function planApplicationSecrets(
  project: string,
  { name, secrets, rotation }: Pick<Application, "name" | "secrets" | "rotation">,
  mount: string,
): readonly (PlannedPassword | PlannedVaultSecret)[] {
  const from = (source: Application["secrets"][string]) =>
    sorted(
      Object.keys(secrets).filter((variable) => secrets[variable] === source),
      (variable) => variable,
    );
  const entered = from("entered").map((variable) => enteredSecret({ project, application: name, variable, mount }));
  const generated = from("generated");
  if (generated.length === 0) return entered;
  return [...generatedSecrets(project, name, { generated, rotation, mount }), ...entered];
}

/** Pulumi's name of the place in Vault with all generated secrets of an application; undefined when it has none. */
export function generatedSecretsResource(
  project: string,
  { name, secrets }: Pick<Application, "name" | "secrets">,
): string | undefined {
  return Object.values(secrets).includes("generated") ? leafName(project, name) : undefined;
}

function leafName(project: string, application: string): string {
  return logicalName(project, application, "secrets");
}

function generatedSecrets(
  project: string,
  application: string,
  { generated, rotation, mount }: GeneratedArgs,
): readonly (PlannedPassword | PlannedVaultSecret)[] {
  const passwordName = (variable: string) => logicalName(project, application, `secret-${variable}`);
  const data = generated.map((variable) => [variable, secretText(secretOf(passwordName(variable)))] as const);
  return [
    ...generated.map((variable) => planRotatedPassword(passwordName(variable), rotation)),
    {
      kind: "vault-secret",
      name: leafName(project, application),
      mount,
      path: applicationVaultPath(project, application),
      data: Object.fromEntries(data),
      writer: "pulumi",
      protect: true,
    },
  ];
}

interface GeneratedArgs {
  /** Names of the variables. */
  readonly generated: readonly string[];
  readonly rotation: number;
  readonly mount: string;
}

/** It is the person's: it stays in Vault when the variable leaves the file. */
function enteredSecret(secret: {
  readonly project: string;
  readonly application: string;
  readonly variable: string;
  readonly mount: string;
}): PlannedVaultSecret {
  const { project, application, variable, mount } = secret;
  return {
    kind: "vault-secret",
    name: logicalName(project, application, `entered-${variable}`),
    mount,
    path: enteredVaultPath(project, application, variable),
    data: { [enteredVaultKey]: enteredPlaceholder },
    writer: "person",
    protect: true,
    retain: true,
  };
}
