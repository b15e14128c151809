import { createServer as plainServer, type IncomingMessage, type Server } from "node:http";
import { createServer as tlsServer } from "node:https";
import { close, listen } from "../loopback";
import { labAuthority } from "./lab-authority";

/** One request as it arrived. */
export interface LoginRequest {
  readonly method: string;
  readonly path: string;
  /** Absent where none was sent. */
  readonly token?: string;
  readonly body: string;
}

export interface LoginAnswer {
  readonly status: number;
  readonly body: unknown;
}

export const loginToken = "hvs.CanaryMadeForTheRun";

const open = { initialized: true, sealed: false, t: 1, n: 1, progress: 0, version: "1.21.0" };

/** What an open Vault with the operator's role answers. Source: vault 1.21.0, asked by hand. */
const usual: Readonly<Record<string, LoginAnswer>> = {
  "/v1/sys/seal-status": { status: 200, body: open },
  "/v1/sys/health": { status: 200, body: { ...open, standby: false } },
  "/v1/auth/kubernetes/login": { status: 200, body: { auth: { client_token: loginToken } } },
  "/v1/auth/token/lookup-self": { status: 200, body: { data: {} } },
  "/v1/auth/token/revoke-self": { status: 204, body: undefined },
};

/** A Vault that lets people in, as far as a stand-in can. */
export class LoginStandIn {
  readonly requests: LoginRequest[] = [];
  /** Other answers, by path. */
  readonly answers = new Map<string, LoginAnswer>();
  readonly #server: Server;
  #place = "";
  readonly #scheme: "http" | "https";

  constructor(scheme: "http" | "https" = "http") {
    this.#scheme = scheme;
    const { certificate: cert, key } = labAuthority;
    this.#server = scheme === "http" ? plainServer() : tlsServer({ cert, key });
    this.#server.on("request", (request: IncomingMessage, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { method = "", url: path = "" } = request;
        const token = request.headers["x-vault-token"];
        const body = Buffer.concat(parts).toString("utf8");
        this.requests.push({ method, path, ...(token === undefined ? {} : { token: String(token) }), body });
        const answer = this.answers.get(path) ?? usual[path] ?? { status: 404, body: { errors: [] } };
        response.writeHead(answer.status, { "Content-Type": "application/json" });
        response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
      });
    });
  }

  async start(): Promise<void> {
    this.#place = await listen(this.#server);
  }

  get address(): string {
    if (this.#place === "") throw new Error("the stand-in has not been started");
    return `${this.#scheme}://${this.#place}`;
  }

  stop(): void {
    void close(this.#server);
  }
}
