import type { ConfigMap } from "@pulumi/pulumi/automation";
import { chartOverrides, currentContext } from "./environment";

/** Secrets in the configuration, by their keys, that must show up nowhere in clear. */
export const canaries = {
  infrastructureToken: "canary-github-token-4711",
  backupsAccessKey: "canary-access-key-4719",
  backupsSecretKey: "canary-secret-key-4720",
} as const;

/** The configuration of the platform stack, with every option that changes what is made. */
export function platformConfiguration(): ConfigMap {
  const charts: ConfigMap = {};
  const secrets: ConfigMap = {};
  for (const [key, value] of Object.entries(canaries)) secrets[`idp:${key}`] = { value, secret: true };
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
    "idp:argoCd.vaultPlugin": { value: "true" },
    "idp:backups.s3.endpoint": { value: "https://s3.lab.example" },
    "idp:backups.s3.bucket": { value: "backups" },
    ...secrets,
    ...charts,
  };
}
