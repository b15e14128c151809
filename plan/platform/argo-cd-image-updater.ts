import type { JsonObject } from "../../model/json";
import { imageUpdaterAccountName } from "../../model/image-updater-names";
import { platformNamespaces } from "../../model/platform-names";
import { chartSource, type ClusterFacts, imageRepository, resourcesOf } from "../cluster-facts";
import { anywhere, type TrafficRule, traefikPeer } from "../network-policies";
import type { PlannedManifest, PlannedRelease } from "../planned-resource";
import { accessBinding, accessRole } from "../rbac";
import { tlsSecretName } from "../route-objects";

const namespace = platformNamespaces.argoCd;
const name = "argo-cd-image-updater";
const account = { name: imageUpdaterAccountName, namespace } as const;

/** Where the authority of the lab is in the pod, when certificates of the hosts are signed by it. */
const authority = { volume: "lab-authority", folder: "/lab-authority" } as const;

/**
 * Where Go looks for certificate authorities, besides the one file of the image. Source: Go's src/crypto/x509/root_linux.go
 */
const certificateFolders = `/etc/ssl/certs:${authority.folder}`;

export interface ImageUpdaterArgs {
  readonly facts: ClusterFacts;
  /** Logical name of Argo CD's release, and what the names of its host's objects start with. */
  readonly argoCd: string;
}

/** Looks at the registry for new images of applications that ask for it, and commits their digests. */
export function planImageUpdater(args: ImageUpdaterArgs): readonly (PlannedManifest | PlannedRelease)[] {
  const { facts, argoCd } = args;
  // Its pod starts only once the Secret of the certificate is there.
  const certificate = trustsLab(facts) ? [`${argoCd}-route-certificate`] : [];
  return [
    { kind: "manifest", name: `${name}-role`, manifest: accessRole(account, rights) },
    { kind: "manifest", name: `${name}-binding`, manifest: accessBinding(account, { role: account.name, account }) },
    {
      kind: "release",
      name,
      chart: "argocd-image-updater",
      source: chartSource(facts, "argocd-image-updater"),
      namespace,
      timeout: 300,
      values: imageUpdaterValues(args),
      dependsOn: [argoCd, ...certificate, `${name}-role`, `${name}-binding`],
    },
  ];
}

/**
 * What it reads and notes about its own objects. The chart's role would let it read every Secret of Argo CD and change
 * every Application; each project gives it the two Secrets that it needs, by name.
 */
const rights = [
  {
    apiGroups: ["argocd-image-updater.argoproj.io"],
    resources: ["imageupdaters"],
    verbs: ["get", "list", "watch", "update", "patch"],
  },
  {
    apiGroups: ["argocd-image-updater.argoproj.io"],
    resources: ["imageupdaters/finalizers"],
    verbs: ["update"],
  },
  {
    apiGroups: ["argocd-image-updater.argoproj.io"],
    resources: ["imageupdaters/status"],
    verbs: ["get", "patch", "update"],
  },
  { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create"] },
];

/** Chart values. The chart's security contexts meet the `restricted` level as they are. */
export function imageUpdaterValues({ facts, argoCd }: ImageUpdaterArgs): JsonObject {
  return {
    fullnameOverride: imageUpdaterAccountName,
    crds: { install: true, keep: true },
    image: {
      repository: imageRepository(facts, "quay.io/argoprojlabs/argocd-image-updater"),
      // The chart's tag is exact, so a node that has the image has the right one.
      pullPolicy: "IfNotPresent",
    },
    // `rights` above take the place of both.
    createClusterRoles: false,
    rbac: { enabled: false },
    serviceAccount: { create: true, name: imageUpdaterAccountName },
    config: { "git.commit-message-template": commitMessage },
    resources: resourcesOf(facts, "argo-cd-image-updater"),
    ...(trustsLab(facts) ? labAuthority(argoCd) : {}),
  };
}

/** The name is that of the Application, such as `shop.api`. Source: argocd-image-updater pkg/argocd/git.go */
const commitMessage = "release {{ .AppName }}{{ range .AppChanges }} ({{ .NewTag }}){{ end }}\n";

/** The registry's host shows a certificate of an authority that no image knows. */
function trustsLab({ tls }: ClusterFacts): boolean {
  return tls.mode === "lab-ca";
}

/** cert-manager puts the authority beside each certificate that it has signed; the key beside it stays out of the pod. */
function labAuthority(route: string): JsonObject {
  const secretName = tlsSecretName({ name: route });
  return {
    volumes: [{ name: authority.volume, secret: { secretName, items: [{ key: "ca.crt", path: "lab.crt" }] } }],
    volumeMounts: [{ name: authority.volume, mountPath: authority.folder, readOnly: true }],
    extraEnv: [{ name: "SSL_CERT_DIR", value: certificateFolders }],
  };
}

/** It reaches the API server, GitHub by ssh, and the registry, whose host leads to Traefik. */
export const imageUpdaterTraffic: readonly TrafficRule[] = [
  { name: "image-updater", peers: [anywhere], ports: [22, 443, 6443] },
  { name: "image-updater-to-this-cluster", peers: [traefikPeer] },
].map((rule) => ({ ...rule, direction: "egress", pods: { "app.kubernetes.io/name": imageUpdaterAccountName } }));
