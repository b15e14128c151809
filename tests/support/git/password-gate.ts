import { createServer, request as forward } from "node:http";
import { close, listen } from "../loopback";

/** Lets through to a server only who knows a user and a password, as GitHub does for git over https. */
export class PasswordGate {
  /** User and password of every call that had one. */
  readonly seen = new Set<string>();
  readonly #server = createServer((request, response) => {
    const given = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString("utf8");
    if (given !== "") this.seen.add(given);
    if (given !== this.known) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
      return;
    }
    const { method, headers, url } = request;
    const further = forward(`${this.behind}${url ?? "/"}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(further);
  });

  /** `known` is user and password with a colon between them; `behind` the address of the server. */
  constructor(
    private readonly known: string,
    private readonly behind: string,
  ) {}

  async listen(): Promise<string> {
    return `http://${await listen(this.#server)}`;
  }

  close(): Promise<void> {
    return close(this.#server);
  }
}
