import type { Application } from "../../model/application";
import { applicationVaultPath, enteredVaultKey, enteredVaultPath, logicalName } from "../../model/names";
import { secretOf, secretText } from "../../model/secret-text";
import { sorted } from "../../model/sorted";
import type { PlannedPassword } from "../planned-resource";
import type { PlannedVaultSecret } from "../planned-vault";
import { planPassword } from "./generated-password";

/** Stands in Vault for a secret that a person has yet to enter. Frozen: what holds it counts as not entered. */
export const enteredPlaceholder = "to-be-entered";

/** The secret variables of an application in Vault: all generated ones together, and each entered one by itself. */
export function planApplicationSecrets(
  project: string,
  { name, secrets }: Pick<Application, "name" | "secrets">,
  mount: string,
): readonly (PlannedPassword | PlannedVaultSecret)[] {
  const from = (source: Application["secrets"][string]) =>
    sorted(
      Object.keys(secrets).filter((variable) => secrets[variable] === source),
      (variable) => variable,
    );
  const entered = from("entered").map((variable) => enteredSecret({ project, application: name, variable, mount }));
  const generated = from("generated");
  return generated.length === 0 ? entered : [...generatedSecrets(project, name, { generated, mount }), ...entered];
}

function generatedSecrets(
  project: string,
  application: string,
  { generated, mount }: { readonly generated: readonly string[]; readonly mount: string },
): readonly (PlannedPassword | PlannedVaultSecret)[] {
  const passwordName = (variable: string) => logicalName(project, application, `secret-${variable}`);
  const data = generated.map((variable) => [variable, secretText(secretOf(passwordName(variable)))] as const);
  return [
    ...generated.map((variable) => planPassword(passwordName(variable))),
    {
      kind: "vault-secret",
      name: logicalName(project, application, "secrets"),
      mount,
      path: applicationVaultPath(project, application),
      data: Object.fromEntries(data),
      writer: "pulumi",
      protect: true,
    },
  ];
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
