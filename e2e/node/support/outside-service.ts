import { execFileSync } from "node:child_process";

/** A Service that leads to a server outside the cluster. */
export interface OutsideService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  /** Where the server really listens. */
  readonly server: URL;
}

export function outsideService({ namespace, name, port, server }: OutsideService): readonly object[] {
  const metadata = { name, namespace };
  return [
    { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ name: "http", port }] } },
    {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { ...metadata, labels: { "kubernetes.io/service-name": name } },
      addressType: "IPv4",
      ports: [{ name: "http", port: Number(server.port) }],
      endpoints: [{ addresses: [server.hostname] }],
    },
  ];
}

export function applyObjects(...items: readonly object[]): void {
  const input = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  execFileSync("kubectl", ["apply", "-f", "-"], { input, stdio: ["pipe", "ignore", "inherit"] });
}
