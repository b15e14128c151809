import type { IClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import type { JsonObject } from "../../model/json";
import { secretReaderName } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import { chartSource, type ClusterFacts, imageRepository, resourcesOf, workload } from "../cluster-facts";
import { componentPlan } from "../component-plan";
import { manifest } from "../manifest";
import { planNamespace } from "../namespace";
import { anywhere, planNetworkPolicies, type TrafficRule } from "../network-policies";
import type { ComponentPlan } from "../planned-resource";
import { vaultPort } from "./vault-values";

export interface ExternalSecretsArgs {
  readonly facts: ClusterFacts;
}

const name = "external-secrets";
const namespace = platformNamespaces.externalSecrets;

/** The service account that the chart makes for the operator, and calls as the release. */
export const externalSecretsAccount = { name, namespace } as const;

/** What the operator may do in the namespace of a project, where a RoleBinding gives it this ClusterRole. */
export const secretReaderTokenRole = "secret-reader-token";

/** Copies secrets out of Vault into the namespaces of the projects: External Secrets Operator. */
export function planExternalSecrets({ facts }: ExternalSecretsArgs): ComponentPlan {
  return componentPlan({
    type: "idp:platform:ExternalSecrets",
    name,
    resources: [
      planNamespace({ resource: `${name}-namespace`, name: namespace, level: "restricted" }),
      ...planNetworkPolicies({ resource: name, namespace, rules: trafficRules }),
      {
        kind: "release",
        name,
        chart: "external-secrets",
        source: chartSource(facts, "external-secrets"),
        namespace,
        timeout: 300,
        values: externalSecretsValues(facts),
        dependsOn: [`${name}-namespace`],
      },
      { kind: "manifest", name: `${name}-token-role`, manifest: manifest(tokenRole) },
    ],
    workloads: [workload(facts, "external-secrets")],
  });
}

/** Tokens of service accounts of one name alone. Without a binding it gives nobody anything. */
const tokenRole = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: secretReaderTokenRole },
  rules: [
    { apiGroups: [""], resources: ["serviceaccounts/token"], resourceNames: [secretReaderName], verbs: ["create"] },
  ],
} satisfies IClusterRole;

const trafficRules: readonly TrafficRule[] = [
  { name: "kubernetes-api", direction: "egress", peers: [anywhere], ports: [443, 6443] },
  {
    name: "vault",
    direction: "egress",
    peers: [{ kind: "namespace", namespace: platformNamespaces.vault, labels: { component: "server" } }],
    ports: [vaultPort],
  },
];

/**
 * Chart values: one pod that reads a SecretStore of a namespace and writes Secrets of the same namespace. The chart's pods
 * meet the level `restricted` by its own defaults.
 */
export function externalSecretsValues(facts: ClusterFacts): JsonObject {
  return {
    image: { repository: imageRepository(facts, "ghcr.io/external-secrets/external-secrets") },
    resources: resourcesOf(facts, "external-secrets"),
    // During an update the old and the new pod run side by side for a moment.
    leaderElect: true,
    // It serves the namespaces of all projects, which come and go.
    scopedRBAC: false,
    ...namespacedOnly,
    rbac,
    // Only OpenShift asks for the right to set finalizers.
    openshiftFinalizers: false,
    ...withoutWebhook,
  };
}

/** Nothing that reaches into several namespaces, and nothing that writes into Vault: neither controllers nor their kinds. */
const namespacedOnly = {
  installCRDs: true,
  crds: {
    createClusterExternalSecret: false,
    createClusterSecretStore: false,
    createClusterGenerator: false,
    createClusterPushSecret: false,
    createPushSecret: false,
    // Without their kind all ExternalSecrets go, and with them the Secrets that running pods need.
    annotations: { "helm.sh/resource-policy": "keep" },
  },
  processClusterExternalSecret: false,
  processClusterStore: false,
  processClusterGenerator: false,
  processClusterPushSecret: false,
  processPushSecret: false,
} as const;

const rbac = {
  // With it the operator could act as any service account of the cluster. `secretReaderTokenRole` takes its place.
  serviceAccountTokenCreate: false,
  servicebindings: { create: false },
  // Who may edit a namespace could otherwise write ExternalSecrets in it, and read whatever its store can read.
  aggregateToView: false,
  aggregateToEdit: false,
  aggregateToAdmin: false,
} as const;

/**
 * The webhook only says earlier what the operator says in the status of an object. It would cost two more pods, one of which
 * may change every webhook and custom resource definition of the cluster, and while it is down nothing could be released.
 */
const withoutWebhook = { webhook: { create: false }, certController: { create: false } } as const;
