import type { ConfigMap } from "@pulumi/pulumi/automation";
import { chartOverrides, currentContext } from "./environment";

/** A secret in the configuration that must show up nowhere in clear. */
export const canary = "canary-github-token-4711";

/** The configuration of the platform stack, with every option that changes what is made. */
export function platformConfiguration(): ConfigMap {
  const charts: ConfigMap = {};
  for (const [name, { directory }] of Object.entries(chartOverrides())) {
    charts[`idp:charts["${name}"].directory`] = { value: directory };
  }
  return {
    "idp:role": { value: "platform" },
    "idp:domain": { value: "lab.example" },
    "idp:profile": { value: "nano" },
    "idp:kubernetes.context": { value: currentContext() },
    "idp:webhookHost": { value: "hooks.lab.example" },
    "idp:argoCd.infrastructure.repository": { value: "https://github.com/example/infrastructure.git" },
    "idp:infrastructureToken": { value: canary, secret: true },
    ...charts,
  };
}
