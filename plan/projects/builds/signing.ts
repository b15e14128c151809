import type { IServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { buildNamespaceName, logicalName } from "../../../model/names";
import { workflowAccountName } from "../../../model/pipeline-names";
import { vaultAudience, vaultAuthPath } from "../../../model/platform-names";
import type { Project } from "../../../model/project";
import {
  signerAccountName,
  signerPodLabels,
  signingKeyName,
  signingMount,
  signingRoleName,
} from "../../../model/signing-names";
import { manifest } from "../../manifest";
import { planTrafficRule } from "../../network-policies";
import type { PlannedManifest } from "../../planned-resource";
import { accessBinding } from "../../rbac";
import type { PlannedVault } from "../../planned-vault";
import { vaultServerPeer } from "../../platform/vault-traffic";
import { vaultPort } from "../../platform/vault-values";
import type { ProjectCluster } from "../project-cluster";
import { projectLabels } from "../project-labels";
import type { PartPlan } from "../project-part";

/** Seconds. A step signs one image and ends. */
const tokenTtl = 600;

/** What a project has as soon as one of its applications is signed: a key, and an account that may sign with it. */
export function planSigning(project: Project, { vaultMount }: ProjectCluster): PartPlan {
  if (!project.applications.some(({ build }) => build.sign)) return { resources: [], warnings: [] };
  const { name } = project;
  return { resources: [...access(name, signingMount(vaultMount)), ...account(name), wayToVault(name)], warnings: [] };
}

/**
 * Vault itself refuses to delete the key, and it stays there when nobody signs any more: what it has signed can be verified
 * for ever. So nothing has to protect it, and an application can say `sign: false`.
 */
function access(project: string, mount: string): readonly PlannedVault[] {
  const [key, policy] = [logicalName(project, "signing-key"), logicalName(project, "signing-policy")];
  const role = signingRoleName(project);
  return [
    { kind: "vault-signing-key", name: key, mount, key: signingKeyName(project), retain: true },
    { kind: "vault-policy", name: policy, policy: role, rules: signingPolicyRules(project, mount) },
    {
      kind: "vault-role",
      name: logicalName(project, "signing-role"),
      dependsOn: [policy],
      auth: vaultAuthPath,
      role,
      namespace: buildNamespaceName(project),
      serviceAccount: signerAccountName,
      audience: vaultAudience,
      policies: [role],
      tokenTtl,
    },
  ];
}

/**
 * What cosign asks of Vault, and no wildcard: it reads the public key, and sends a SHA-256 sum to be signed. Source:
 * sigstore/sigstore pkg/signature/kms/hashivault/client.go, `fetchPublicKey`, `sign` and `hashString`
 */
export function signingPolicyRules(project: string, mount: string): string {
  const key = signingKeyName(project);
  return [
    `path "${mount}/keys/${key}" {\n  capabilities = ["read"]\n}\n`,
    `path "${mount}/sign/${key}/sha2-256" {\n  capabilities = ["update"]\n}\n`,
  ].join("\n");
}

/** Argo's executor leaves the result of a step as the account of its pod, so the signer has the right of every step, and no other. */
function account(project: string): readonly PlannedManifest[] {
  const namespace = buildNamespaceName(project);
  const metadata = { name: signerAccountName, namespace, labels: { ...projectLabels(project) } };
  const serviceAccount = {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata,
    automountServiceAccountToken: true,
  } satisfies IServiceAccount;
  const binding = accessBinding(metadata, { role: workflowAccountName, account: metadata });
  return [
    { kind: "manifest", name: logicalName(project, "signer"), manifest: manifest(serviceAccount) },
    { kind: "manifest", name: logicalName(project, "signer-results"), manifest: binding },
  ];
}

/** No other pod of a build reaches Vault. */
function wayToVault(project: string): PlannedManifest {
  const rule = { name: "signer", direction: "egress", pods: signerPodLabels, peers: [vaultServerPeer] } as const;
  return planTrafficRule({
    resource: logicalName(project, "signer"),
    namespace: buildNamespaceName(project),
    rule: { ...rule, ports: [vaultPort] },
  });
}
