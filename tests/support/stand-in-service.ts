import { createServer, type IncomingMessage } from "node:http";
import { close, listen } from "./loopback";

export interface StandIn {
  readonly address: string;
  /** Path and token of every request. */
  readonly asked: readonly (readonly [string, string])[];
}

/** Runs with a service on this machine that answers each path as told; `undefined` never answers. */
export async function withService(
  answer: (path: string) => { readonly status: number; readonly body: unknown } | undefined,
  use: (service: StandIn) => Promise<void>,
): Promise<void> {
  const asked: (readonly [string, string])[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    asked.push([path, tokenOf(request)]);
    const given = answer(path);
    if (!given) return;
    response.writeHead(given.status, { "Content-Type": "application/json" });
    response.end(typeof given.body === "string" ? given.body : JSON.stringify(given.body));
  });
  try {
    await use({ address: `http://${await listen(server)}`, asked });
  } finally {
    await close(server);
  }
}

function tokenOf({ headers }: IncomingMessage): string {
  const token = headers["x-vault-token"] ?? headers.authorization ?? "";
  return String(token);
}
