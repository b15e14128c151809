import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import { buildNamespaceName, logicalName } from "../../../model/names";
import { clusterIssuerName } from "../../../model/platform-names";
import { registryAuthoritySecretName } from "../../../model/registry-names";
import { manifest } from "../../manifest";
import type { PlannedManifest } from "../../planned-resource";
import { projectLabels } from "../project-labels";

/**
 * Brings the certificate of the cluster's own authority to the builds: cert-manager writes it, as `ca.crt`, beside every
 * certificate that it makes. The certificate itself names no host and nobody uses it.
 */
export function planRegistryAuthority(project: string): PlannedManifest {
  const certificate = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: {
      name: registryAuthoritySecretName,
      namespace: buildNamespaceName(project),
      labels: { ...projectLabels(project) },
    },
    spec: {
      commonName: "builds",
      usages: ["client auth"],
      secretName: registryAuthoritySecretName,
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { kind: "ClusterIssuer", name: clusterIssuerName },
    },
  } as const satisfies ICertificate;
  return { kind: "manifest", name: logicalName(project, "build-registry-authority"), manifest: manifest(certificate) };
}
