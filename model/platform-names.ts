/** Namespaces of the platform, one per component. Frozen: a namespace cannot be renamed without losing what is in it. */
export const platformNamespaces = {
  argoCd: "argocd",
  argoEvents: "argo-events",
  argoWorkflows: "argo-workflows",
  certManager: "cert-manager",
  externalSecrets: "external-secrets",
  harbor: "harbor",
  vault: "vault",
} as const;

/** The label of a user interface's host below `idp:domain`. */
export const hostLabels = {
  argoCd: "argocd",
  argoWorkflows: "workflows",
  harbor: "harbor",
  vault: "vault",
} as const;

/** The ClusterIssuer that signs the certificate of every host. */
export const clusterIssuerName = "idp";

/** Where Vault writes who asked it for what; the folder is a volume of its own. */
export const vaultAuditFile = "/vault/audit/audit.log";

/** Where k3s runs Traefik, and the label of its pods. Source: https://docs.k3s.io/networking/networking-services */
export const traefik = { namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik" } } as const;
