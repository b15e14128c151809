import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { chartNames } from "../../model/catalog";
import { platformNamespaces } from "../../model/platform-names";
import { apiServerAddress } from "./api-server";
import { exists } from "./kubectl";

/** Why the rows cannot run here; empty when they can. */
export function obstacles(): readonly string[] {
  return [...toolObstacles(), ...clusterObstacles()];
}

/** The tools that are missing. */
export function toolObstacles(): readonly string[] {
  return [
    ...(runs("pulumi", "version") ? [] : ["the Pulumi CLI is not on PATH"]),
    ...(runs("kubectl", "version", "--client") ? [] : ["kubectl is not on PATH"]),
  ];
}

/** Prints why rows cannot run, if so; their number alone would not tell. */
export function sayObstacles(missing: readonly string[]): boolean {
  process.stdout.write(missing.map((reason) => `  cannot run: ${reason}\n`).join(""));
  return missing.length > 0;
}

/** The rows install and destroy, so they only touch a cluster on this machine that was named on purpose. */
function clusterObstacles(): readonly string[] {
  const unreachable = reachObstacles();
  if (unreachable.length > 0) return unreachable;
  const host = serverHost();
  if (host !== "127.0.0.1" && host !== "localhost") return [`KUBECONFIG names ${host}, which is not this machine`];
  const used = Object.values(platformNamespaces).filter((namespace) => exists("namespace", namespace));
  return used.length === 0
    ? []
    : [`the cluster has the namespaces ${used.join(", ")} already; the rows need an empty one`];
}

/** Why no API server answers; empty when one does. */
export function reachObstacles(): readonly string[] {
  if (!process.env["KUBECONFIG"]) return ["KUBECONFIG is not set"];
  return runs("kubectl", "get", "--raw", "/readyz") ? [] : ["the API server of KUBECONFIG does not answer"];
}

/** Host of the API server that the active context names. */
export function serverHost(): string {
  return new URL(apiServerAddress()).hostname;
}

/** Whether a command is there and succeeds. */
export function runs(command: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(command, [...args], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Chart overrides for a folder of unpacked charts (`IDP_CHARTS`, one folder a chart), for machines that reach no Helm
 * repository; none when there is no such folder.
 */
export function chartOverrides(): Readonly<Record<string, { readonly directory: string }>> {
  const folder = process.env["IDP_CHARTS"] ?? join(homedir(), ".cache", "idp", "charts");
  // Neither is installed, and an override of its chart would be refused.
  const absent: readonly string[] = ["openbao", "argocd-image-updater"];
  const found = chartNames.filter((name) => !absent.includes(name) && existsSync(join(folder, name, "Chart.yaml")));
  return Object.fromEntries(found.map((name) => [name, { directory: join(folder, name) }]));
}

/** The context of the kubeconfig that is active. */
export function currentContext(): string {
  return execFileSync("kubectl", ["config", "current-context"], { encoding: "utf8" }).trim();
}
