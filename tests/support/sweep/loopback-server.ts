import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";

/** Where a server listens. */
export interface Place {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

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

  listen({ host = "127.0.0.1", port = 0 }: Partial<Place> = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        const at = this.#server.address();
        this.#address = `http://${host}:${typeof at === "object" && at !== null ? at.port : 0}`;
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
