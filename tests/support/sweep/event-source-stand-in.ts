import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { LoopbackServer } from "./loopback-server";

/** Fields of a push, or of a build's report, that are looked at one by one. */
export interface PushBody {
  readonly "X-GitHub-Event": unknown;
  readonly after?: unknown;
  readonly ref?: unknown;
  readonly sweep?: unknown;
  readonly report?: unknown;
}

/** A call that was let in, as the event source hands it on. */
export interface Delivered {
  readonly path: string;
  readonly body: PushBody;
}

/** Takes what the event source of Argo Events takes: a POST to a path that it knows, signed with that path's key. */
export class EventSourceStandIn extends LoopbackServer {
  readonly delivered: Delivered[] = [];
  /** Answers every request, when it is there. */
  instead: { readonly status: number; readonly body: string } | undefined;

  /** `keyOf` tells the key of a path; undefined: the path leads to nothing. */
  constructor(readonly keyOf: (path: string) => string | undefined) {
    super((handler) => createServer(handler));
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of request) if (part instanceof Uint8Array) parts.push(part);
    const text = Buffer.concat(parts);
    const path = request.url ?? "";
    const key = this.keyOf(path);
    if (this.instead) response.writeHead(this.instead.status).end(this.instead.body);
    else if (key === undefined) response.writeHead(404).end("404 page not found");
    else if (!isSigned(request, text, key)) response.writeHead(400).end("payload signature check failed");
    else {
      const headers = { "X-GitHub-Event": request.headers["x-github-event"] };
      const body: unknown = JSON.parse(text.toString("utf8"));
      this.delivered.push({ path, body: { ...(typeof body === "object" ? body : {}), ...headers } });
      response.writeHead(200).end("success");
    }
  }
}

/** Source: go-github messages.go, ValidatePayload */
function isSigned({ method, headers }: IncomingMessage, text: Buffer, key: string): boolean {
  const isJson = headers["content-type"] === "application/json";
  const wanted = Buffer.from(`sha256=${createHmac("sha256", key).update(text).digest("hex")}`);
  const given = Buffer.from(String(headers["x-hub-signature-256"]));
  return method === "POST" && isJson && wanted.length === given.length && timingSafeEqual(wanted, given);
}
