import type { PlatformSettings } from "../../model/platform-settings";
import { platformNamespaces } from "../../model/platform-names";
import { vaultPlugin as pluginRelease } from "../../model/vault-plugin";
import { chartSource, type ClusterFacts, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { planNamespace } from "../namespace";
import { planNetworkPolicies } from "../network-policies";
import type { ComponentPlan, PlannedManifest, PlannedPassword } from "../planned-resource";
import { planRoute, routeDependencies } from "../route";
import { planImageUpdater } from "./argo-cd-image-updater";
import { planInfrastructure } from "./argo-cd-infrastructure";
import { argoCdTraffic } from "./argo-cd-traffic";
import { argoCdPasswords, argoCdValues } from "./argo-cd-values";
import { planVaultPluginPrograms, vaultPluginProgramsResource } from "./argo-cd-vault-plugin";

export interface ArgoCdArgs {
  readonly facts: ClusterFacts;
  /** Host of the user interface, such as `argocd.lab.example`. */
  readonly host: string;
  /** Public host that takes GitHub's webhooks; empty: none, and Argo CD polls. */
  readonly webhookHost: PlatformSettings["webhookHost"];
  /** The git repository whose folders Argo CD installs; its `repository` is empty when there is none. */
  readonly infrastructure: PlatformSettings["argoCd"]["infrastructure"];
  /** Whether Argo CD Image Updater runs beside it. */
  readonly imageUpdater: PlatformSettings["argoCd"]["imageUpdater"];
  /** Whether argocd-vault-plugin runs in the repo-server's pod. */
  readonly vaultPlugin: PlatformSettings["argoCd"]["vaultPlugin"];
  /** Whether `idp:infrastructureToken` is set. */
  readonly hasInfrastructureToken: boolean;
}

const name = "argo-cd";
const namespace = platformNamespaces.argoCd;
const service = { name: "argocd-server", port: 80 } as const;

/** Where Argo CD takes webhooks of any git host. Source: argo-cd docs/operator-manual/webhook.md */
const webhookPath = "/api/webhook";

/** Keeps the cluster equal to what the git repositories say. */
export function planArgoCd(args: ArgoCdArgs): ComponentPlan {
  const { facts, host, webhookHost, imageUpdater, vaultPlugin } = args;
  const infrastructure = planInfrastructure(args, { resource: name, release: name });
  return componentPlan({
    type: "idp:platform:ArgoCd",
    name,
    dependsOn: routeDependencies(facts),
    resources: [
      ...passwords,
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted" }),
      ...planNetworkPolicies({ resource: name, namespace, rules: argoCdTraffic(args) }),
      ...(vaultPlugin ? [{ ...planVaultPluginPrograms(), dependsOn: [`${name}-namespace`] }] : []),
      {
        kind: "release",
        name,
        chart: "argo-cd",
        source: chartSource(facts, "argo-cd"),
        namespace,
        timeout: 600,
        values: argoCdValues(args),
        dependsOn: [`${name}-namespace`, ...(vaultPlugin ? [vaultPluginProgramsResource] : [])],
      },
      ...infrastructure.resources,
      ...routes(args),
      ...(imageUpdater ? planImageUpdater({ facts, argoCd: name }) : []),
    ],
    workloads: [
      workload(facts, "argo-cd-controller"),
      workload(facts, "argo-cd-server"),
      workload(facts, "argo-cd-repo-server", ...(vaultPlugin ? (["argo-cd-vault-plugin"] as const) : [])),
      workload(facts, "argo-cd-application-set"),
      workload(facts, "argo-cd-redis"),
      ...(imageUpdater ? [workload(facts, "argo-cd-image-updater")] : []),
    ],
    addresses: [`https://${host}`, ...(webhookHost === "" ? [] : [`https://${webhookHost}${webhookPath}`])],
    ...(vaultPlugin ? { about: aboutPlugin } : {}),
    warnings: infrastructure.warnings,
  });
}

const aboutPlugin = `argocd-vault-plugin ${pluginRelease.version} runs beside the repo-server (docs/vault-plugin.md)`;

/** The webhook's is a key for HMAC: 64 letters and digits hold more than the 32 random bytes that it needs. */
const passwords: readonly PlannedPassword[] = [
  { kind: "password", name: argoCdPasswords.admin, length: 32 },
  { kind: "password", name: argoCdPasswords.webhook, length: 64 },
];

/** The user interface inside the house; from outside only git hosts' POST to one path. */
function routes({ facts, host, webhookHost }: ArgoCdArgs): readonly PlannedManifest[] {
  const internal = planRoute(facts, { name, namespace, exposure: "internal", host, service });
  if (webhookHost === "") return internal;
  const webhook = planRoute(facts, {
    name: `${name}-webhook`,
    namespace,
    exposure: "public",
    host: webhookHost,
    service,
    only: { method: "POST", paths: [webhookPath] },
  });
  return [...internal, ...webhook];
}
