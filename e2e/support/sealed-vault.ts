import { createServer } from "node:http";

/** A Vault that has been sealed: unsealing the one of the environment again would need its keys. */
export async function sealedVault(): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const isState = request.url === "/v1/sys/seal-status";
    response.writeHead(isState ? 200 : 503, { "content-type": "application/json" });
    const state = { type: "shamir", initialized: true, sealed: true, t: 1, n: 1, progress: 0, version: "1.21.0" };
    response.end(JSON.stringify(isState ? state : { errors: ["Vault is sealed"] }));
  }).unref();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${port}`, stop };
}
