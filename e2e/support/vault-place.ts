import { existsSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { connect } from "node:tls";
import { vaultAuditFile } from "../../model/platform-names";
import { kubectl } from "./kubectl";

/** Where Kubernetes puts a pod's own token, and the certificate by which the pod knows the API server. */
const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * What Vault finds around it in its pod, for a Vault that runs on this machine instead: a folder for its audit log, and the
 * files of its service account. Returns what takes them away again.
 */
export async function makeVaultPlace(): Promise<() => void> {
  const made: string[] = [];
  for (const folder of [dirname(vaultAuditFile), account]) made.push(...makeFolder(folder));
  const [certificate, token] = [join(account, "ca.crt"), join(account, "token")];
  writeFileSync(certificate, await serverCertificate());
  writeFileSync(token, kubectl("create", "token", "default"));
  return () => {
    for (const file of [vaultAuditFile, certificate, token]) rmSync(file, { force: true });
    for (const folder of made) rmdirSync(folder);
  };
}

/** Why such a place cannot be made; empty when it can. A pod has one already, and it is not ours to change. */
export function placeObstacles(): readonly string[] {
  if (existsSync(join(account, "token")))
    return ["these rows run in a pod, where Vault's files would be the pod's own"];
  const isRoot = process.getuid?.() === 0;
  return isRoot ? [] : ["Vault's folders on this machine can be made by root only"];
}

/** The folders that were not there, the innermost first. */
function makeFolder(folder: string): readonly string[] {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path); path = dirname(path)) missing.push(path);
  mkdirSync(folder, { recursive: true });
  return missing;
}

/** The certificate that the API server shows, as PEM. */
async function serverCertificate(): Promise<string> {
  const server = new URL(kubectl("config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}"));
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ host: server.hostname, port: Number(server.port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().raw);
      socket.end();
    });
    socket.on("error", reject);
  });
  const lines = raw.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
