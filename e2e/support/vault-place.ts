import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { platformNamespaces, podAccountFolder, vaultAuditFile } from "../../model/platform-names";
import { apiServerAuthority } from "./api-server";
import { kubectl, kubectlFrom } from "./kubectl";

const namespace = platformNamespaces.vault;

/** The account of Vault's own pod, which the chart makes and lets ask the API server whose token it was shown. */
const server = "vault";

/**
 * What Vault finds around it in its pod, for a Vault that runs on this machine instead: a folder for its audit log, and the
 * files of its service account. Its namespace has to be there. Returns what takes them away again.
 */
export async function makeVaultPlace(): Promise<() => void> {
  makeAccount();
  const made: string[] = [];
  for (const folder of [dirname(vaultAuditFile), podAccountFolder]) made.push(...makeFolder(folder));
  const [certificate, token] = [join(podAccountFolder, "ca.crt"), join(podAccountFolder, "token")];
  writeFileSync(certificate, await apiServerAuthority());
  writeFileSync(token, kubectl("create", "token", server, "-n", namespace));
  return () => {
    for (const file of [vaultAuditFile, certificate, token]) rmSync(file, { force: true });
    for (const folder of made) rmdirSync(folder);
  };
}

/** Why such a place cannot be made; empty when it can. A pod has one already, and it is not ours to change. */
export function placeObstacles(): readonly string[] {
  if (existsSync(join(podAccountFolder, "token")))
    return ["these rows run in a pod, where Vault's files would be the pod's own"];
  const isRoot = process.getuid?.() === 0;
  return isRoot ? [] : ["Vault's folders on this machine can be made by root only"];
}

function makeAccount(): void {
  kubectl("create", "serviceaccount", server, "-n", namespace);
  kubectlFrom(
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "vault-server-binding" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "system:auth-delegator" },
      subjects: [{ kind: "ServiceAccount", name: server, namespace }],
    },
    ...["create", "-f", "-"],
  );
}

/** The folders that were not there, the innermost first. */
function makeFolder(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) missing.push(path);
  mkdirSync(folder, { recursive: true });
  return missing;
}
