import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { LoopbackServer } from "../sweep/loopback-server";
import type { SealableVault } from "./sealable-vault";

/** A request as it came. */
export interface GateCall {
  /** Such as `POST /v1/sys/unseal`. */
  readonly asked: string;
  readonly body: string;
  readonly contentType: string;
}

/** Stands before a Vault, keeps what it is asked, and lets something happen in the middle. */
export class VaultGate extends LoopbackServer {
  readonly calls: GateCall[] = [];
  /** Before a call goes on to Vault, or is answered in its place. */
  before: (call: GateCall) => Promise<Response | undefined> = () => Promise.resolve(undefined);

  constructor(readonly vault: SealableVault) {
    super((handler) => createServer(handler));
  }

  /** Keys that were sent, the first one first. */
  get keys(): readonly string[] {
    return this.calls.flatMap(({ body }) => /"key":"(.*)"/s.exec(body)?.[1] ?? []);
  }

  get looks(): number {
    return this.calls.filter(({ asked }) => asked === "GET /v1/sys/seal-status").length;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    const call = { asked: `${method} ${url}`, body, contentType: headers["content-type"] ?? "" };
    this.calls.push(call);
    try {
      const given = await this.before(call);
      const options = { method, ...(body === "" ? {} : { body }) };
      const answer = given ?? (await fetch(`${this.vault.address}${url}`, options));
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    } catch {
      response.destroy();
    }
  }
}
