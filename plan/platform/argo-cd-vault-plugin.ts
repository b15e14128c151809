import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import type { JsonObject } from "../../model/json";
import { platformNamespaces, vaultAudience, vaultAuthPath } from "../../model/platform-names";
import { vaultPlugin, vaultPluginAccountName, vaultPluginName, vaultPluginRoleParts } from "../../model/vault-plugin";
import { type ClusterFacts, imageRepository, resourcesOf } from "../cluster-facts";
import { restrictedContainer } from "../container-security";
import { manifest } from "../manifest";
import type { Peer } from "../network-policies";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { vaultServer } from "./vault-values";

/** User and group of Argo CD's image, who owns what the containers of the pod share. Source: argo-cd Dockerfile */
const user = 999;

/** The image of the chart's own containers, in the chart's own words: both have to be of one version of Argo CD. */
const argoCdImage =
  "{{ default .Values.global.image.repository .Values.repoServer.image.repository }}:" +
  '{{ default (include "argo-cd.defaultTag" .) .Values.repoServer.image.tag }}';

/** ConfigMap with the programs, and the chart's with what Argo CD is told about the plugin. */
const configMaps = { programs: "argocd-vault-plugin", plugin: "argocd-cmp-cm" } as const;

const files = { render: "vault-plugin.sh", fetch: "fetch-vault-plugin.mjs" } as const;

/** Where the containers have what. */
const folders = { programs: "/vault-plugin/programs", bin: "/vault-plugin/bin", token: "/vault-plugin/token" } as const;

const binary = `${folders.bin}/argocd-vault-plugin`;
const token = "token";

/** Volumes of the pod; the chart makes `plugins`, where Argo CD looks for the plugin's socket. */
const volumes = {
  ...{ programs: "vault-plugin-programs", bin: "vault-plugin-bin", token: "vault-plugin-token" },
  ...{ tmp: "vault-plugin-tmp", config: "vault-plugin-config", sockets: "plugins" },
} as const;

/** Its pod, which it shares with the repo-server. */
export const vaultPluginPeer: Peer = {
  kind: "namespace",
  namespace: platformNamespaces.argoCd,
  labels: { "app.kubernetes.io/name": vaultPluginAccountName },
};

/** Seconds that the fetch tries again for before its container starts anew. */
const patience = 120;

/** Logical name of the ConfigMap; the repo-server's pod starts only when it is there. */
export const vaultPluginProgramsResource = "argo-cd-vault-plugin-programs";

/** A change of it reaches the pod within a minute or so, without a restart. */
export function planVaultPluginPrograms(): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: configMaps.programs, namespace: platformNamespaces.argoCd },
    data: { [files.render]: programs.vaultPlugin, [files.fetch]: programs.fetchVaultPlugin },
  } satisfies IConfigMap;
  return { kind: "manifest", name: vaultPluginProgramsResource, manifest: manifest(object) };
}

/** What the chart's `configs.cmp` holds. It discovers nothing: only an Application that names the plugin is rendered by it. */
export const vaultPluginConfig = {
  create: true,
  plugins: { [vaultPluginName]: { generate: { command: ["sh", `${folders.programs}/${files.render}`] } } },
};

/**
 * What the chart's repo-server gets besides: a container for the plugin, one that fetches it before, and their volumes. The
 * account's token is for Vault alone and in the plugin's container alone.
 */
export function vaultPluginPod(facts: ClusterFacts): JsonObject {
  return {
    extraContainers: [{ ...sidecar(facts) }],
    initContainers: [{ ...fetcher(facts) }],
    volumes: podVolumes.map((volume) => ({ ...volume })),
  };
}

function sidecar(facts: ClusterFacts) {
  return {
    name: vaultPluginName,
    image: argoCdImage,
    imagePullPolicy: "IfNotPresent",
    // As the chart starts the repo-server: the image's own first process clears up after others.
    args: ["/usr/local/bin/argocd-cmp-server"],
    env: variables({
      VAULT_ADDR: vaultServer,
      AVP_K8S_MOUNT_PATH: `auth/${vaultAuthPath}`,
      AVP_K8S_TOKEN_PATH: `${folders.token}/${token}`,
      VAULT_PLUGIN: binary,
      ROLE_PREFIX: vaultPluginRoleParts.prefix,
      ROLE_SUFFIX: vaultPluginRoleParts.suffix,
    }),
    resources: resources(facts),
    securityContext: security,
    volumeMounts: [
      { name: volumes.sockets, mountPath: "/home/argocd/cmp-server/plugins" },
      {
        ...{ name: volumes.config, mountPath: "/home/argocd/cmp-server/config/plugin.yaml", readOnly: true },
        subPath: `${vaultPluginName}.yaml`,
      },
      { name: volumes.programs, mountPath: folders.programs, readOnly: true },
      { name: volumes.bin, mountPath: folders.bin, readOnly: true },
      { name: volumes.token, mountPath: folders.token, readOnly: true },
      { name: volumes.tmp, mountPath: "/tmp" },
    ],
  } satisfies IContainer;
}

function fetcher(facts: ClusterFacts) {
  const { repository, tag } = images.node;
  return {
    name: "fetch-vault-plugin",
    image: `${imageRepository(facts, repository)}:${tag}`,
    imagePullPolicy: "IfNotPresent",
    command: ["node", `${folders.programs}/${files.fetch}`],
    env: variables({
      VERSION: vaultPlugin.version,
      BINARIES: JSON.stringify(vaultPlugin.binaries),
      TARGET: binary,
      WAIT_SECONDS: String(patience),
    }),
    resources: resources(facts),
    securityContext: security,
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [
      { name: volumes.programs, mountPath: folders.programs, readOnly: true },
      { name: volumes.bin, mountPath: folders.bin },
    ],
  } satisfies IContainer;
}

/** The fetch is over before the plugin starts, so it counts for nothing beside it. */
function resources(facts: ClusterFacts) {
  const { requests, limits } = resourcesOf(facts, "argo-cd-vault-plugin");
  return { requests: { cpu: requests.cpu, memory: requests.memory }, limits: { memory: limits.memory } };
}

function variables(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

const security = {
  ...restrictedContainer(),
  ...{ runAsNonRoot: true, runAsUser: user, runAsGroup: user, readOnlyRootFilesystem: true },
  seccompProfile: { type: "RuntimeDefault" },
} as const;

const podVolumes = [
  { name: volumes.config, configMap: { name: configMaps.plugin } },
  { name: volumes.programs, configMap: { name: configMaps.programs } },
  { name: volumes.bin, emptyDir: { sizeLimit: "256Mi" } },
  { name: volumes.tmp, emptyDir: { sizeLimit: "1Gi" } },
  {
    name: volumes.token,
    projected: { sources: [{ serviceAccountToken: { audience: vaultAudience, expirationSeconds: 600, path: token } }] },
  },
] as const satisfies readonly IVolume[];
