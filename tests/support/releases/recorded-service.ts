import { createServer } from "node:http";
import { close, listen } from "../loopback";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A service on this machine that writes down what it is asked, and answers as it is told. */
export class RecordedService {
  readonly calls: Call[] = [];
  /** The next answers; afterwards `usual`. `cut` ends the connection. */
  readonly answers: (readonly [status: number, body?: string, headers?: Readonly<Record<string, string>>] | "cut")[] =
    [];
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.once("end", () => {
      const { method = "", url: path = "", headers } = request;
      this.calls.push({ method, path, headers, body: Buffer.concat(parts).toString("utf8") });
      const answer = this.answers.shift() ?? [this.usual];
      if (answer === "cut") request.socket.destroy();
      else response.writeHead(answer[0], answer[2]).end(answer[1]);
    });
  });

  constructor(private readonly usual: number) {}

  async listen(): Promise<string> {
    return `http://${await listen(this.#server)}`;
  }

  close(): Promise<void> {
    return close(this.#server);
  }
}
