import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";

/** A server on this machine for the length of a test. */
export abstract class LoopbackServer {
  readonly #server: Server;
  #address = "";

  constructor(make: (handler: RequestListener) => Server) {
    this.#server = make((request, response) => void this.answer(request, response));
  }

  protected abstract answer(request: IncomingMessage, response: ServerResponse): void | Promise<void>;

  /** Such as `http://127.0.0.1:34567`. */
  get address(): string {
    return this.#address;
  }

  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => {
        const at = this.#server.address();
        this.#address = `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}`;
        resolve();
      });
    });
  }

  /** Its address stays one at which nobody answers. */
  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }
}
