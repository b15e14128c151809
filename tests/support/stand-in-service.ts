import { createServer, type IncomingMessage } from "node:http";

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
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const at = server.address();
    if (at === null || typeof at === "string") throw new Error("the service listens on no port");
    await use({ address: `http://127.0.0.1:${at.port}`, asked });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function tokenOf({ headers }: IncomingMessage): string {
  const token = headers["x-vault-token"] ?? headers.authorization ?? "";
  return String(token);
}
