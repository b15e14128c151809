import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { LoopbackServer } from "./loopback-server";

export const robot = { username: "robot$shop+ci", password: "Rb1-a-password" };

/** What its clients see of it. */
export interface RegistryFront {
  /** Whom it lets in. */
  readonly account?: { readonly username: string; readonly password: string };
  /** Origin of its address for them; absent: where it listens. */
  readonly origin?: string;
  /** How it is served; absent: by http. */
  readonly serve?: (handler: RequestListener) => Server;
}

/** Answers as Harbor does to who lists tags: no one without a token of the robot account. Source: Harbor's server/registry */
export class RegistryStandIn extends LoopbackServer {
  /** Tags by repository. */
  readonly tags = new Map<string, readonly string[]>();
  readonly asked: string[] = [];
  /** Largest number of tags in an answer; what asks for less gets less. */
  pageSize = 1000;
  /** How it lets in: by a token, or by the password itself. */
  challenge: "bearer" | "basic" | "foreign" = "bearer";
  /** Answers every request, when it is there. */
  instead: { readonly status: number; readonly body: string } | undefined;

  readonly #basic: string;
  readonly #origin: string | undefined;

  constructor({ account = robot, origin, serve = (handler) => createServer(handler) }: RegistryFront = {}) {
    super(serve);
    this.#basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
    this.#origin = origin;
  }

  protected answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams: query } = new URL(request.url ?? "", this.address);
    this.asked.push(pathname);
    if (this.instead) response.writeHead(this.instead.status).end(this.instead.body);
    else if (pathname === "/service/token") this.#token(request, response, query);
    else if (!this.#letsIn(request, pathname)) this.#refuse(request, response, pathname);
    else this.#list(response, { repository: pathname.slice("/v2/".length, -"/tags/list".length), query });
  }

  #token({ headers }: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    if (headers.authorization === this.#basic) respond(response, { token: `token of ${query.get("scope") ?? ""}` });
    else problem(response, 401, "UNAUTHORIZED");
  }

  #letsIn({ headers }: IncomingMessage, pathname: string): boolean {
    const wanted = this.challenge === "basic" ? this.#basic : `Bearer token of ${scopeOf(pathname)}`;
    return headers.authorization === wanted;
  }

  #refuse({ headers }: IncomingMessage, response: ServerResponse, pathname: string): void {
    const host = this.challenge === "foreign" ? "http://127.0.0.2:1" : (this.#origin ?? this.address);
    const bearer = `Bearer realm="${host}/service/token",service="harbor-registry",scope="${scopeOf(pathname)}"`;
    const isBasic = this.challenge === "basic" || headers.authorization !== undefined;
    response.setHeader("www-authenticate", isBasic ? 'Basic realm="harbor"' : bearer);
    problem(response, 401, "UNAUTHORIZED");
  }

  #list(response: ServerResponse, { repository, query }: { repository: string; query: URLSearchParams }): void {
    const all = [...(this.tags.get(repository) ?? [])].sort();
    const size = Math.min(Number(query.get("n") ?? all.length), this.pageSize);
    const rest = all.filter((tag) => tag > (query.get("last") ?? ""));
    const page = rest.slice(0, size);
    const next = `/v2/${repository}/tags/list?n=${size}&last=${page.at(-1) ?? ""}`;
    if (rest.length > size) response.setHeader("link", `<${next}>; rel="next"`);
    if (this.tags.has(repository)) respond(response, { name: repository, tags: page });
    else problem(response, 404, "NOT_FOUND");
  }
}

function scopeOf(pathname: string): string {
  return `repository:${pathname.slice("/v2/".length, -"/tags/list".length)}:pull`;
}

function respond(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(JSON.stringify({ errors: [{ code, message: "a problem" }] }));
}
