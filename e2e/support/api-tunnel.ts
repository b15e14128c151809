import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { thisCluster } from "../../model/platform-names";
import { apiServerAddress } from "./api-server";

/** A way for programs on this machine to the API server, by the name that it has inside the cluster. */
export interface ApiTunnel {
  /** What such a program has as HTTPS_PROXY. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Leads nowhere else. */
export async function openApiTunnel(): Promise<ApiTunnel> {
  const { hostname: name, port } = new URL(thisCluster);
  const wanted = `${name}:${port === "" ? "443" : port}`;
  const target = new URL(apiServerAddress());
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(404).end());
  server.on("connect", ({ url }, socket: Socket) => {
    const forget = () => {
      for (const end of [socket, upstream]) {
        end.destroy();
        sockets.delete(end);
      }
    };
    const upstream = connect(Number(target.port), target.hostname);
    for (const end of [socket, upstream]) sockets.add(end.on("error", forget).on("close", forget));
    if (url !== wanted) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    return socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`, close };
}
