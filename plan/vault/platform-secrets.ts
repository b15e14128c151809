import type { PlatformSecretOutput } from "../../model/platform-outputs";
import { secretOf, secretText, type SecretText } from "../../model/secret-text";
import { platformVaultFolder } from "../../model/vault-names";
import type { PlannedVaultSecret } from "../planned-vault";

/** The passwords of the platform's own services, where people find them. Each service has its own copy and reads none here. */
export function planPlatformSecrets(mount: string, dependsOn: readonly string[]): readonly PlannedVaultSecret[] {
  const secret = (service: string, data: PlannedVaultSecret["data"]): PlannedVaultSecret => ({
    kind: "vault-secret",
    name: `vault-secret-${service}`,
    mount,
    path: `${platformVaultFolder}/${service}`,
    data,
    writer: "pulumi",
    dependsOn,
    protect: true,
  });
  return [
    secret("harbor", { username: administrator, password: output("harborAdminPassword") }),
    secret("argo-cd", {
      username: administrator,
      password: output("argoCdAdminPassword"),
      "webhook-secret": output("argoCdWebhookSecret"),
    }),
  ];
}

/** The first user of both. */
const administrator = "admin";

/** The value arrives from the platform stack. */
function output(name: PlatformSecretOutput): SecretText {
  return secretText(secretOf(name));
}
