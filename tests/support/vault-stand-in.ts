import { createServer, type Server } from "node:http";
import { close, listen } from "./loopback";

/** One request as it arrived. */
export interface VaultRequest {
  readonly method: string;
  readonly path: string;
  readonly token: string;
}

type Answer = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];

/** A kv-v2 engine `idp` that answers as Vault does. Source: https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2 */
export class VaultStandIn {
  readonly requests: VaultRequest[] = [];
  /** Data of each secret below the mount; null: its newest version is deleted. */
  readonly secrets = new Map<string, object | null>();
  /** Answers everything, whatever is asked. */
  always: Answer | "silence" | undefined;
  readonly #server: Server;
  #place = "";

  constructor(readonly token: string) {
    this.#server = createServer((request, response) => {
      const given = request.headers["x-vault-token"];
      const asked = { method: request.method ?? "", path: request.url ?? "", token: String(given) };
      this.requests.push(asked);
      const answer = this.always ?? this.#answer(asked);
      if (answer === "silence") return;
      const [status, body, headers] = answer;
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    });
  }

  async start(): Promise<void> {
    this.#place = await listen(this.#server);
  }

  get address(): string {
    if (this.#place === "") throw new Error("the stand-in has not been started");
    return `http://${this.#place}`;
  }

  stop(): void {
    void close(this.#server);
  }

  #answer({ path, token }: VaultRequest): Answer {
    if (token !== this.token)
      return [403, '{"errors":["2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n"]}'];
    const [, secret] = /^\/v1\/idp\/data\/(.+)$/.exec(path) ?? [];
    if (secret === undefined) return [404, '{"errors":["no handler for route \\"x\\". route entry not found."]}'];
    const data = this.secrets.get(secret);
    if (data === undefined) return [404, '{"errors":[]}'];
    return [data === null ? 404 : 200, JSON.stringify({ data: { data, metadata: { version: 1 } } })];
  }
}
