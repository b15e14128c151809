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

/** Path of the auth method by which pods of this cluster log in to Vault. Frozen: the roles of all projects are below it. */
export const vaultAuthPath = "kubernetes";

/** For whom the token of a service account is made out that logs in to Vault; the API server takes no such token. */
export const vaultAudience = "vault";

/** Where k3s runs Traefik, and the label of its pods. Source: https://docs.k3s.io/networking/networking-services */
export const traefik = { namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik" } } as const;

/** The API server as pods of the cluster reach it, and for Argo CD the cluster that it runs in. Source: argo-cd docs/operator-manual/declarative-setup.md */
export const thisCluster = "https://kubernetes.default.svc";

/** Where Kubernetes puts the token of a pod's account (`token`), and the authority that signs for the API server (`ca.crt`). */
export const podAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
