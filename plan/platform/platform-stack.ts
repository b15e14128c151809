import { type Chart, chartNames, charts } from "../../model/catalog";
import type { PlatformSettings } from "../../model/platform-settings";
import { isOlder } from "../../model/version-order";
import type { ComponentPlan } from "../planned-resource";
import type { StackPlan } from "../stack-plan";
import { planArgoCd } from "./argo-cd";
import { planArgoEvents } from "./argo-events";
import { planArgoWorkflows } from "./argo-workflows";
import { planCertManager } from "./cert-manager";
import { planExternalSecrets } from "./external-secrets";
import { planHarbor } from "./harbor";
import { platformArgs } from "./platform-args";
import { planVault } from "./vault";

/** Everything that a platform stack makes. */
export function planPlatformStack(stack: string, settings: PlatformSettings, secrets: ReadonlySet<string>): StackPlan {
  const args = platformArgs(settings, secrets);
  const components: readonly ComponentPlan[] = [
    ...(args.certManager ? [planCertManager(args.certManager)] : []),
    planArgoCd(args.argoCd),
    planArgoEvents(args.argoEvents),
    planArgoWorkflows(args.argoWorkflows),
    planExternalSecrets(args.externalSecrets),
    planHarbor(args.harbor),
    planVault(args.vault),
  ];
  return { stack, role: "platform", components, projects: [], warnings: platformWarnings(settings) };
}

function platformWarnings(settings: PlatformSettings): readonly string[] {
  const { charts: overrides, entryPoints, tls } = settings;
  const shared = entryPoints.internal.https === entryPoints.public.https;
  return [
    ...belowFloor(overrides),
    ...(shared
      ? [
          `the user interfaces answer on the entry point ${entryPoints.internal.https}, which the internet may reach too; ` +
            "give Traefik entry points of their own for the internet (docs/runbook.md) and set idp:entryPoints.public",
        ]
      : []),
    ...(tls.mode === "traefik"
      ? ["every host shows Traefik's default certificate; give Traefik one, or set idp:tls.mode to lab-ca or acme"]
      : []),
    ...(tls.mode === "lab-ca"
      ? ["browsers and nodes trust the hosts only once they trust the certificate authority of the lab; see the README"]
      : []),
    ...undelivered(settings),
  ];
}

/** GitHub is told to look at the certificate: without that, anyone on the way could read what it sends. */
function undelivered({ webhookHost, tls }: PlatformSettings): readonly string[] {
  if (webhookHost === "" || tls.mode === "acme") return [];
  return tls.mode === "lab-ca"
    ? [
        "GitHub and visitors from the internet do not trust the certificate authority of the lab: no webhook arrives at " +
          `${webhookHost}; set idp:tls.mode to acme, with idp:tls.email and idp:tls.challenge.type (docs/configuration.md)`,
      ]
    : [
        `webhooks arrive at ${webhookHost} only with a certificate that GitHub trusts; give Traefik such a one, or set ` +
          "idp:tls.mode to acme",
      ];
}

/** An override of a person's may bring a known vulnerability back. */
function belowFloor(overrides: PlatformSettings["charts"]): readonly string[] {
  return chartNames.flatMap((name) => {
    const chart: Chart = charts[name];
    const version = overrides[name]?.version;
    if (!chart.floor || version === undefined || !isOlder(version, chart.version)) return [];
    return [
      `idp:charts takes ${name} ${version}, which is older than ${chart.version}; it may lack ${chart.floor.appVersion} ` +
        `(${chart.floor.reason}); use ${chart.version} or newer`,
    ];
  });
}
