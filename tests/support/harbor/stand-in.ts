import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { close, listen } from "../loopback";
import type { HarborAnswer } from "./answer";
import { HarborApi, type HarborCall } from "./api";

/** How a request goes wrong, if it does: a status and no effect, or it is done and the connection breaks before the answer. */
export type Mishap = number | "answer-lost" | "none";

/** Longest time that a request waits for the others that it is to meet, in milliseconds. */
const patience = 1000;

/** A server that answers as Harbor does, and can be made to fail. */
export class HarborStandIn {
  readonly api: HarborApi;
  readonly requests: HarborCall[] = [];
  /** What happens to the next requests. */
  readonly mishaps: Mishap[] = [];
  /** So many requests that change something are held back until all have come, as if they were sent at one moment. */
  together = 1;
  readonly #server: Server;
  #waiting: (() => void)[] = [];

  constructor(adminPassword: string) {
    this.api = new HarborApi(adminPassword);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** The requests that ask for a change. */
  get writes(): readonly HarborCall[] {
    return this.requests.filter(({ method }) => method !== "GET");
  }

  /** Returns its address; the system chooses the port unless it is given. */
  async listen(host: string, port = 0): Promise<string> {
    return `http://${await listen(this.#server, { host, port })}`;
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    this.requests.push(call);
    const mishap = this.mishaps.shift();
    if (typeof mishap === "number") {
      respond(response, { status: mishap, body: { errors: [{ code: "UNKNOWN", message: "a mishap" }] } });
      return;
    }
    if (call.method !== "GET") await this.#meetOthers();
    const answer = this.api.answer(call);
    if (mishap === "answer-lost") response.destroy();
    else respond(response, answer);
  }

  async #meetOthers(): Promise<void> {
    const met = new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#waiting.length >= this.together) for (const go of this.#waiting.splice(0)) go();
    await Promise.race([met, wait(patience)]);
    this.#waiting = [];
  }
}

async function readCall(request: IncomingMessage): Promise<HarborCall> {
  const { method = "", url: path = "", headers } = request;
  const parts: Uint8Array[] = [];
  for await (const part of request) if (part instanceof Uint8Array) parts.push(part);
  const [, encoded = ""] = /^Basic (.*)$/.exec(headers.authorization ?? "") ?? [];
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
  const text = Buffer.concat(parts).toString("utf8");
  return { method, path, user, password, text, hasName: headers["x-is-resource-name"] === "true" };
}

function respond(response: ServerResponse, { status, body }: HarborAnswer): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
