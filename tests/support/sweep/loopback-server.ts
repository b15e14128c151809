import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import { close, listen, type Place } from "../loopback";

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

  async listen(place: Partial<Place> = {}): Promise<void> {
    this.#address = `http://${await listen(this.#server, place)}`;
  }

  /** Its address stays one at which nobody answers. */
  close(): Promise<void> {
    return close(this.#server);
  }
}
