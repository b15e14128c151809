import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { LoopbackServer } from "../sweep/loopback-server";

/** Another answer in the place of the usual one; `cut` ends the connection in its middle. */
export type Mishap = readonly [status: number, errors: string] | "cut";

/** The token that it gives out. */
export const vaultToken = "hvs.canary-of-the-backup";

/** Stands in for an open Vault, for what a backup asks. Its answers are those of Vault 1.21. */
export class BackupVault extends LoopbackServer {
  /** Such as `GET /v1/sys/storage/raft/snapshot hvs.token`. */
  readonly calls: string[] = [];
  readonly bodies: string[] = [];
  /** What happens to the next calls of a kind. */
  readonly mishaps: Record<"login" | "snapshot" | "revoke", Mishap[]> = { login: [], snapshot: [], revoke: [] };

  constructor(public snapshot: Buffer) {
    super((handler) => createServer(handler));
  }

  /** The calls of a kind, of which there may have been more than one. */
  count(part: string): number {
    return this.calls.filter((call) => call.includes(part)).length;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    this.calls.push([method, url, headers["x-vault-token"] ?? ""].join(" ").trim());
    this.bodies.push(await text(request));
    const kind = url.endsWith("/login") ? "login" : url.endsWith("/snapshot") ? "snapshot" : "revoke";
    const mishap = this.mishaps[kind].shift();
    if (mishap === "cut") this.#cut(response);
    else if (mishap) this.#say(response, mishap[0], { errors: [mishap[1]] });
    else this.#usual(kind, response);
  }

  #usual(kind: keyof BackupVault["mishaps"], response: ServerResponse): void {
    if (kind === "login") this.#say(response, 200, { auth: { client_token: vaultToken } });
    else if (kind === "revoke") response.writeHead(204).end();
    else response.writeHead(200, { "content-type": "application/gzip" }).end(this.snapshot);
  }

  #say(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  #cut(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "application/gzip" });
    response.write(this.snapshot.subarray(0, this.snapshot.length / 2), () => response.destroy());
  }
}
