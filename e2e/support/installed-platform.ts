import * as pulumi from "@pulumi/pulumi";
import { platformOutputNames, type PlatformSecretOutput } from "../../model/platform-outputs";
import { type PlatformSettings, platformSettings } from "../../model/platform-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { currentContext } from "./environment";
import type { Workplace } from "./workplace";

const settings = { domain: "lab.example", webhookHost: "hooks.lab.example" } as const;

/** Passwords that such a platform would have generated; no value of them may turn up in clear anywhere. */
export const platformPasswords: Readonly<Record<PlatformSecretOutput, string>> = {
  argoCdAdminPassword: "canary-argo-cd-4716",
  argoCdWebhookSecret: "canary-argo-cd-webhook-4717",
  harborAdminPassword: "canary-harbor-4718",
};

/** The settings of the platform that is taken for installed: the defaults. */
export function installedSettings(): PlatformSettings {
  return platformSettings.parse({ ...settings, kubernetes: { context: currentContext() } });
}

/** A platform stack that says what an installed one would, so that the stacks after it need no charts. */
export async function makeInstalledPlatform(workplace: Workplace, name: string): Promise<void> {
  const config = {
    "idp:role": { value: "platform" },
    "idp:domain": { value: settings.domain },
    "idp:webhookHost": { value: settings.webhookHost },
    "idp:kubernetes.context": { value: currentContext() },
  };
  const outputs = {
    [platformOutputNames.public]: planPlatformOutputs(installedSettings()),
    [platformOutputNames.secret]: pulumi.secret(platformPasswords),
  };
  const stack = await workplace.stack(name, config, { program: () => Promise.resolve(outputs) });
  await stack.up();
}
