import { type ChildProcess, execFile, spawn } from "node:child_process";
import { nodesPretend } from "./pretended-nodes";

const kinds = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"] as const;

/**
 * On nodes that only pretend (kwok), no pod can answer the API server's admission webhooks, and whatever they watch over
 * could not be made. So webhooks go as soon as a chart brings them. Returns what ends the watch.
 */
export function removeUnservedWebhooks(): () => void {
  if (!nodesPretend()) return () => undefined;
  const watches = kinds.map(watch);
  return () => {
    for (const process of watches) process.kill();
  };
}

function watch(kind: string): ChildProcess {
  const process = spawn("kubectl", ["get", kind, "--watch", "-o", "name"], { stdio: ["ignore", "pipe", "ignore"] });
  process.stdout.on("data", (chunk: Buffer) => {
    const names = chunk.toString("utf8").split("\n").filter(Boolean);
    // Helm changes a webhook again after it made it; the last event finds nothing left to delete.
    execFile("kubectl", ["delete", "--ignore-not-found", "--wait=false", ...names], () => undefined);
  });
  return process;
}
