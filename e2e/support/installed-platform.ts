import { platformOutputNames } from "../../model/platform-outputs";
import { platformSettings } from "../../model/platform-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { currentContext } from "./environment";
import type { Workplace } from "./workplace";

const settings = { domain: "lab.example", webhookHost: "hooks.lab.example" } as const;

/** A platform stack that says what an installed one would, so that the stacks after it need no charts. */
export async function importInstalledPlatform(workplace: Workplace, name: string): Promise<void> {
  const context = currentContext();
  const stack = await workplace.stack(name, {
    "idp:role": { value: "platform" },
    "idp:domain": { value: settings.domain },
    "idp:webhookHost": { value: settings.webhookHost },
    "idp:kubernetes.context": { value: context },
  });
  const outputs = planPlatformOutputs(platformSettings.parse({ ...settings, kubernetes: { context } }));
  const type = "pulumi:pulumi:Stack";
  const urn = `urn:pulumi:${name}::idp::${type}::idp-${name}`;
  const root = { urn, type, custom: false, outputs: { [platformOutputNames.public]: outputs } };
  await stack.importStack({ version: 3, deployment: { resources: [root] } });
}
