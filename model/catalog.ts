/** One Helm chart: where it comes from and which release of it this program was written and tested for. */
export interface Chart {
  /** Address of the Helm repository, or of the chart itself when it starts with `oci://`. */
  readonly repository: string;
  /** Name of the chart in its repository. */
  readonly chart: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Version of the software that this chart version installs. */
  readonly appVersion: string;
  /** Oldest version of the software without a known vulnerability that matters here, and which one that is. */
  readonly floor?: { readonly appVersion: string; readonly reason: string };
}

/** The only place where charts are pinned. */
export const charts = {
  "argo-cd": {
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argo-cd",
    version: "10.1.1",
    appVersion: "v3.4.4",
  },
  "argo-events": {
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argo-events",
    version: "2.4.22",
    appVersion: "v1.9.10",
    floor: { appVersion: "v1.9.6", reason: "GHSA-hmp7-x699-cvhq: who may write a Sensor gets the host" },
  },
  "argo-workflows": {
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argo-workflows",
    version: "1.0.18",
    appVersion: "v4.0.6",
    floor: { appVersion: "v4.0.6", reason: "CVE-2026-31892, CVE-2026-54526: template restrictions can be passed by" },
  },
  "argocd-image-updater": {
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argocd-image-updater",
    version: "1.2.4",
    appVersion: "v1.2.2",
  },
  "cert-manager": {
    repository: "oci://quay.io/jetstack/charts/cert-manager",
    chart: "cert-manager",
    version: "v1.21.1",
    appVersion: "v1.21.1",
  },
  "external-secrets": {
    repository: "https://charts.external-secrets.io",
    chart: "external-secrets",
    version: "2.9.0",
    appVersion: "v2.9.0",
  },
  harbor: {
    repository: "https://helm.goharbor.io",
    chart: "harbor",
    version: "1.19.1",
    appVersion: "2.15.1",
  },
  openbao: {
    repository: "https://openbao.github.io/openbao-helm",
    chart: "openbao",
    version: "0.29.2",
    appVersion: "v2.6.2",
  },
  vault: {
    repository: "https://helm.releases.hashicorp.com",
    chart: "vault",
    version: "0.34.1",
    appVersion: "2.0.4",
  },
} as const satisfies Readonly<Record<string, Chart>>;

export type ChartName = keyof typeof charts;

export const chartNames = [
  "argo-cd",
  "argo-events",
  "argo-workflows",
  "argocd-image-updater",
  "cert-manager",
  "external-secrets",
  "harbor",
  "openbao",
  "vault",
] as const satisfies readonly ChartName[];
