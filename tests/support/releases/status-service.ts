import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { programs } from "../../../plan/program-files";
import { type Ended, runModule } from "../git/run-script";
import { LoopbackServer } from "../sweep/loopback-server";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Takes what GitHub's API and a chat take; it answers as told, and then that all is well. */
export class StatusService extends LoopbackServer {
  readonly asked: Asked[] = [];
  readonly answers: (Answer | "cut")[] = [];

  constructor() {
    super((handler) => createServer(handler));
  }

  /** Requests whose path starts with it. */
  under(path: string): readonly Asked[] {
    return this.asked.filter((asked) => asked.path.startsWith(path));
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Uint8Array[] = [];
    for await (const part of request) if (part instanceof Uint8Array) parts.push(part);
    const body: unknown = JSON.parse(Buffer.concat(parts).toString("utf8"));
    const { method = "", url: path = "", headers } = request;
    this.asked.push({ method, path, headers, body });
    const answer = this.answers.shift() ?? { status: 201 };
    if (answer === "cut") request.socket.destroy();
    else response.writeHead(answer.status, answer.headers).end("{}");
  }
}

export const commit = "1a2b3c4".padEnd(40, "0");

/** One run of the program as its pod has it; `variables` are those that differ. */
export function showStatus(service: StatusService, variables: Readonly<Record<string, string>>): Promise<Ended> {
  return runModule(programs.status, {
    ...{ API: service.address, REPOSITORY: "myorg/my-api", COMMIT: commit, STATE: "success", CONTEXT: "shop/api" },
    ...{ DESCRIPTION: "released", TARGET_URL: "https://workflows.lab.example/workflows/shop-build/api-1a2b3c4" },
    ...{ CHAT_FILE: "", CHAT_ON: "success failure", TOKENS: "", PAUSE: "0" },
    ...variables,
  });
}
