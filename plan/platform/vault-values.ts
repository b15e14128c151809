import { charts } from "../../model/catalog";
import type { PinnedImage } from "../../model/images";
import type { JsonObject } from "../../model/json";
import { platformNamespaces, vaultAuditFile } from "../../model/platform-names";
import { imageRepository, resourcesOf } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import type { VaultArgs } from "./vault";
import { planSeal } from "./vault-seal";

/** Port of the API and the user interface; the next one is for the members of a cluster among themselves. */
export const vaultPort = 8200;

export const vaultClusterPort = 8201;

/** Starts the names of the Services, whichever distribution runs. */
const fullName = "vault";

/** Where other pods reach the API: plain http inside the cluster, since TLS ends at Traefik, and the network policies let nobody else in. */
export const vaultServer = `http://${fullName}.${platformNamespaces.vault}.svc.cluster.local:${vaultPort}`;

/** Both distributions keep their data and their audit log in the same places, whatever their charts' defaults. */
const dataFolder = "/vault/data";
const auditFolder = vaultAuditFile.slice(0, vaultAuditFile.lastIndexOf("/"));

/** Chart values of HashiCorp Vault and of OpenBao, whose charts have the same keys: one server with integrated storage. */
export function vaultValues(args: VaultArgs): JsonObject {
  const { facts, storage, auditStorage } = args;
  const volume = (size: string, mountPath: string) => ({
    enabled: true,
    size,
    mountPath,
    storageClass: facts.storageClass,
  });
  return {
    fullnameOverride: fullName,
    // See `vaultServer`.
    global: { tlsDisable: true },
    injector: { enabled: false },
    csi: { enabled: false },
    ui: { enabled: true },
    server: {
      ...planSeal(args).values,
      image: image(args),
      resources: resourcesOf(facts, "vault"),
      // One server needs no rule that keeps servers on different nodes.
      affinity: "",
      // Lets Vault ask the API server whose service account token it was shown.
      authDelegator: { enabled: true },
      // A new version waits until a person deletes the pod, since Vault comes back sealed.
      updateStrategyType: "OnDelete",
      dataStorage: volume(storage, dataFolder),
      auditStorage: volume(auditStorage, auditFolder),
      statefulSet: { securityContext },
      standalone: { enabled: false },
      ha: {
        enabled: true,
        replicas: 1,
        raft: { enabled: true, setNodeId: true, config: serverConfig(args) },
        // For one server the chart allows no disruption at all, and a node could never be drained.
        disruptionBudget: { enabled: false },
      },
    },
  };
}

/** User and group of both distributions' images. */
export const serverUser = { ...restrictedPod(100), runAsGroup: 1000, fsGroup: 1000 };

const securityContext = { pod: serverUser, container: restrictedContainer() };

const imageRepositories = { vault: "docker.io/hashicorp/vault", openbao: "quay.io/openbao/openbao" } as const;

/** The image that the catalog's chart installs: both charts write its tag without the `v`. */
export function serverImage({ facts, distribution }: VaultArgs): Omit<PinnedImage, "user"> {
  const tag = charts[distribution].appVersion.replace(/^v/, "");
  return { repository: imageRepository(facts, imageRepositories[distribution]), tag };
}

/** OpenBao's chart has a key of its own for the registry's host. The tag is the chart's, which may be another version than ours. */
function image(args: VaultArgs): JsonObject {
  const { repository } = serverImage(args);
  if (args.distribution === "vault") return { repository };
  const [registry = "", ...path] = repository.split("/");
  return { registry, repository: path.join("/") };
}

/** The server's configuration (HCL). */
function serverConfig(args: VaultArgs): string {
  const seal = planSeal(args).config;
  const parts = [
    "ui = true",
    `listener "tcp" {
  tls_disable = 1
  address = "[::]:${vaultPort}"
  cluster_address = "[::]:${vaultClusterPort}"
}`,
    `storage "raft" {
  path = "${dataFolder}"
}`,
    'service_registration "kubernetes" {}',
    ...(args.distribution === "openbao" ? [openBaoAudit] : []),
    ...(seal === "" ? [] : [seal]),
  ];
  return `${parts.join("\n")}\n`;
}

/**
 * OpenBao takes audit devices from its configuration alone: whoever may make one by the API can write any file
 * (CVE-2025-54997). Vault gets the same device by the API, after it is initialised.
 */
const openBaoAudit = `audit "file" "file" {
  options {
    file_path = "${vaultAuditFile}"
  }
}`;
