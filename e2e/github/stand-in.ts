import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { isJsonObject, type JsonObject, toJson } from "../../model/json";
import { rateLimit, type Token } from "./account";
import { type Answer, badCredentials, forbidden, Refusal } from "./answer";
import { DescribedApi, type MatchedRequest, type WireRequest } from "./described-api";
import { HostedGitHub } from "./hosted-github";
import { operations } from "./operations";

/** One request and what came of it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A GitHub API on this machine. It answers what GitHub would, and counts whatever GitHub's description does not allow. */
export class GitHubStandIn {
  /** Requests and answers that are not as described; a run with one has failed. */
  readonly defects: string[] = [];
  readonly exchanges: Exchange[] = [];
  readonly #server: Server;

  private constructor(
    readonly hosted: HostedGitHub,
    readonly api: DescribedApi,
    server: Server,
  ) {
    this.#server = server;
    server.on("request", (request, response) => {
      void this.#serve(request, response);
    });
  }

  static async start(): Promise<GitHubStandIn> {
    const api = await DescribedApi.of(new Set(Object.keys(operations)));
    const server = createServer().unref();
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new GitHubStandIn(new HostedGitHub(`http://127.0.0.1:${port}`), api, server);
  }

  /** What `idp:github.baseUrl` is set to. */
  get baseUrl(): string {
    return `${this.hosted.address}/`;
  }

  /** What changed on GitHub since a point: the exchanges that were not mere questions. */
  writesSince(count: number): readonly string[] {
    const later = this.exchanges.slice(count).filter(({ method }) => method !== "GET");
    return later.map(({ method, path, status }) => `${method} ${path} ${status}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wire = await wireRequest(request);
    const answer = withEtag(this.#answer(wire), wire);
    this.exchanges.push({ method: wire.method, path: wire.path, status: answer.status });
    response.writeHead(answer.status, { "content-type": "application/json; charset=utf-8", ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  #answer(wire: WireRequest): Answer {
    const matched = this.api.match(wire);
    const said = `${wire.method} ${wire.path}`;
    if (!matched) {
      this.defects.push(`${said}: the stand-in has no such operation`);
      return { status: 501, body: { message: "Not Implemented" } };
    }
    this.defects.push(...matched.problems.map((problem) => `${said}: request: ${problem}`));
    const answer = this.#refusedOr(() => this.#perform(matched, wire));
    const problems = this.api.answerProblems(matched.operationId, answer.status, answer.body ?? null);
    this.defects.push(...problems.map((problem) => `${said}: answer ${answer.status}: ${problem}`));
    return answer;
  }

  #refusedOr(perform: () => Answer): Answer {
    try {
      return perform();
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      this.defects.push(`the stand-in failed: ${String(error)}`);
      return { status: 500, body: { message: "Server Error" } };
    }
  }

  #perform({ operationId, params, query }: MatchedRequest, wire: WireRequest): Answer {
    const caller = this.#caller(wire);
    // Asking how much is left costs nothing.
    if (operationId !== "rate-limit/get") refuseAboveLimit(caller);
    const operation = operations[operationId];
    if (!operation) throw new Error(`no operation ${operationId}`);
    return operation({ params, query, body: bodyOf(wire), caller }, this.hosted);
  }

  #caller({ headers }: WireRequest): Token {
    const token = /^(?:Bearer|token) (.+)$/.exec(headers["authorization"] ?? "")?.[1] ?? "";
    const caller = this.hosted.tokens.get(token);
    if (!caller) throw badCredentials();
    return caller;
  }
}

/** Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function refuseAboveLimit(caller: Token): void {
  const { limit, remaining, reset } = rateLimit(caller);
  if (remaining > 0) return;
  const counts = { limit, remaining, reset };
  const headers = Object.entries(counts).map(([name, count]) => [`x-ratelimit-${name}`, String(count)] as const);
  throw forbidden("API rate limit exceeded for user ID 1.", Object.fromEntries(headers));
}

async function wireRequest(request: IncomingMessage): Promise<WireRequest> {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    method: request.method ?? "GET",
    path: request.url ?? "/",
    headers: Object.fromEntries(headers),
    body: await text(request),
  };
}

function bodyOf({ body }: WireRequest): JsonObject {
  const parsed: unknown = body === "" ? {} : JSON.parse(body);
  const json = toJson(parsed);
  return isJsonObject(json) ? json : {};
}

function withEtag(answer: Answer, { method, headers }: WireRequest): Answer {
  if (method !== "GET" || answer.status !== 200) return answer;
  const etag = `W/"${createHash("sha256").update(JSON.stringify(answer.body)).digest("hex")}"`;
  if (headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  return { ...answer, headers: { ...answer.headers, etag } };
}
