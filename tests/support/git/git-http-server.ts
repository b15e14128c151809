import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import { close, listen } from "../loopback";

/** Serves the repositories of a folder over http, by git's own program for that. */
export class GitHttpServer {
  /** Status of the next answers instead of the true ones; `cut` ends the connection. */
  readonly mishaps: (number | "cut")[] = [];
  readonly asked: string[] = [];
  /** What it understands: 0 is the protocol in which a server gives only what a branch or a tag names. */
  protocol: 0 | 2 = 2;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response);
  });

  constructor(private readonly folder: string) {}

  async listen(): Promise<string> {
    return `http://${await listen(this.#server)}`;
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const mishap = this.mishaps.shift();
    if (mishap === "cut") request.socket.destroy();
    else if (mishap !== undefined) response.writeHead(mishap).end("a mishap");
    else this.#serve(request, response);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    const { "git-protocol": protocol, "content-type": type, "content-encoding": encoding } = request.headers;
    const backend = spawn("git", ["http-backend"], {
      stdio: ["pipe", "pipe", "ignore"],
      env: {
        PATH: process.env["PATH"],
        GIT_PROJECT_ROOT: this.folder,
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        REMOTE_ADDR: "127.0.0.1",
        ...(this.protocol === 2 && protocol !== undefined ? { GIT_PROTOCOL: String(protocol) } : {}),
        ...(type === undefined ? {} : { CONTENT_TYPE: type }),
        ...(encoding === undefined ? {} : { HTTP_CONTENT_ENCODING: encoding }),
      },
    });
    request.pipe(backend.stdin);
    // It may answer before it has read all that it was sent.
    backend.stdin.on("error", () => undefined);
    const parts: Buffer[] = [];
    backend.stdout.on("data", (part: Buffer) => parts.push(part));
    backend.once("close", () => {
      handOn(Buffer.concat(parts), response);
    });
  }
}

/** What a program behind a server answers: headers, an empty line, the body. */
function handOn(answer: Buffer, response: ServerResponse): void {
  const end = answer.indexOf("\r\n\r\n");
  const lines = answer.subarray(0, end).toString("utf8").split("\r\n");
  const fields = lines.map((line): [string, string] => {
    const [name = "", ...value] = line.split(": ");
    return [name.toLowerCase(), value.join(": ")];
  });
  const { status = "200", ...headers }: OutgoingHttpHeaders = Object.fromEntries(fields);
  response.writeHead(Number.parseInt(status, 10), headers).end(answer.subarray(end + 4));
}
