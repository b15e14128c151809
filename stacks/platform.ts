import * as pulumi from "@pulumi/pulumi";
import { ArgoCd } from "../components/argo-cd";
import { ArgoEvents } from "../components/argo-events";
import { ArgoWorkflows } from "../components/argo-workflows";
import { CertManager } from "../components/cert-manager";
import { ExternalSecrets } from "../components/external-secrets";
import { explainedErrors } from "../components/explained-errors";
import { Harbor } from "../components/harbor";
import type { ConfigSecrets } from "../components/planned-component";
import { Vault } from "../components/vault";
import type { PlatformStack } from "../inputs/settings";
import { platformOutputNames, type PlatformSecretOutput } from "../model/platform-outputs";
import { platformArgs } from "../plan/platform/platform-args";
import { planPlatformOutputs } from "../plan/platform/platform-outputs";
import { kubernetesProvider, randomProvider, tlsProvider } from "./providers";

/** Installs the platform. Its outputs are the contract with the other stacks of the cluster, and what they must not see. */
export function platformStack({ stack, settings, secrets: set }: PlatformStack, secrets: ConfigSecrets): pulumi.Inputs {
  const args = platformArgs(settings, set);
  const providers = [
    kubernetesProvider({ cluster: stack, context: settings.kubernetes.context }),
    randomProvider(),
    tlsProvider(),
  ];
  const options = { providers, hooks: explainedErrors() };
  const certManager = args.certManager ? [new CertManager({ ...args.certManager, secrets }, options)] : [];
  const routed = { ...options, dependsOn: certManager };

  const argoCd = new ArgoCd({ ...args.argoCd, secrets }, routed);
  new ArgoEvents(args.argoEvents, options);
  new ArgoWorkflows(args.argoWorkflows, routed);
  new ExternalSecrets(args.externalSecrets, options);
  const harbor = new Harbor(args.harbor, routed);
  new Vault({ ...args.vault, secrets }, routed);

  return {
    [platformOutputNames.public]: planPlatformOutputs(settings),
    [platformOutputNames.secret]: pulumi.secret({
      argoCdAdminPassword: argoCd.adminPassword,
      argoCdWebhookSecret: argoCd.webhookSecret,
      harborAdminPassword: harbor.adminPassword,
    } satisfies Record<PlatformSecretOutput, pulumi.Output<string>>),
  };
}
