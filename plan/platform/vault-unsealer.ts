import type { IDeployment } from "kubernetes-models/apps/v1/Deployment";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodSpec } from "kubernetes-models/v1/PodSpec";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts, vaultObjects, vaultPodLabels } from "../../model/vault-names";
import { sealOf } from "../../model/vault-server-settings";
import { resourcesOf } from "../cluster-facts";
import { restrictedContainer } from "../container-security";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import type { VaultArgs } from "./vault";
import { planVaultAccount } from "./vault-accounts";
import { vaultInitResource } from "./vault-init";
import { serverImage, serverUser, vaultServer } from "./vault-values";

const name = vaultAccounts.unsealer;
const keys = { volume: "keys", folder: "/keys" };
const work = { volume: "work", folder: "/work" };

/** Whether keys that are in the cluster have to be entered: a seal with a key of its own needs nobody. */
export function hasUnsealer(args: Parameters<typeof sealOf>[0]): boolean {
  return args.unseal.mode === "kubernetes-secret" && sealOf(args) === "shamir";
}

/**
 * Opens Vault whenever it is sealed, with the keys of a Secret that nothing else mounts. It comes after the first keys: a Secret
 * that is not there when a pod starts, the kubelet looks for again only a minute or two later.
 */
export function planVaultUnsealer(args: VaultArgs): readonly PlannedManifest[] {
  const labels = { ...vaultPodLabels(name) };
  const account = planVaultAccount(name);
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: platformNamespaces.vault, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: { ...labels } },
      // Two at a time would each take the other's half of the keys for somebody else's.
      strategy: { type: "Recreate" },
      template: { metadata: { labels: { ...labels } }, spec: pod(args) },
    },
  } satisfies IDeployment;
  return [
    account,
    { kind: "manifest", name, dependsOn: [account.name, vaultInitResource], manifest: manifest(deployment) },
  ];
}

function pod(args: VaultArgs): IPodSpec {
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 5,
    securityContext: { ...serverUser },
    containers: [container(args)],
    volumes: [
      // The keys may come later, and others may take their place; both reach a folder, and no single file of it.
      { name: keys.volume, secret: { secretName: vaultObjects.unsealKeys, optional: true, defaultMode: 0o440 } },
      // In memory: a key is in a file there while it is sent.
      { name: work.volume, emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
    ],
  };
}

function container(args: VaultArgs): IContainer {
  const { repository, tag } = serverImage(args);
  const { requests, limits } = resourcesOf(args.facts, "vault-unsealer");
  return {
    name: "unseal",
    image: `${repository}:${tag}`,
    command: ["/bin/sh"],
    args: ["-c", programs.vaultUnseal, name],
    env: [
      { name: "VAULT_ADDR", value: vaultServer },
      { name: "KEYS", value: keys.folder },
      { name: "WORK", value: work.folder },
      { name: "PAUSE", value: "2" },
    ],
    livenessProbe: {
      // The program touches the file before each of its steps, of which none takes longer than half a minute.
      exec: { command: ["/bin/sh", "-c", `find ${work.folder}/alive -mmin -2 | grep -q .`] },
      initialDelaySeconds: 30,
      periodSeconds: 30,
      timeoutSeconds: 10,
    },
    resources: { requests: { cpu: requests.cpu, memory: requests.memory }, limits: { memory: limits.memory } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    volumeMounts: [
      { name: keys.volume, mountPath: keys.folder, readOnly: true },
      { name: work.volume, mountPath: work.folder },
    ],
  };
}
