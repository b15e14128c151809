import type { Server as HttpServer } from "node:http";
import { createServer, type Server } from "node:net";

/** Where a server listens. */
export interface Place {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Lets a server of this machine listen. Returns where it does, such as `127.0.0.1:34567`. */
export function listen(server: Server, { host = "127.0.0.1", port = 0 }: Partial<Place> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const at = server.address();
      resolve(`${host}:${typeof at === "object" && at !== null ? at.port : 0}`);
    });
  });
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(`tcp://${await listen(server)}`);
  await new Promise((resolve) => server.close(resolve));
  return Number(port);
}

/** Ends it together with its connections, the open ones too. */
export function close(server: HttpServer): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
