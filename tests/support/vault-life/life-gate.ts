import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from "node:http";
import { request as requestSafely } from "node:https";
import { text } from "node:stream/consumers";
import { LoopbackServer } from "../sweep/loopback-server";

/** A request as it came. */
export interface LifeCall {
  /** Such as `POST /v1/sys/unseal`. */
  readonly asked: string;
  readonly body: string;
}

export interface LifeAnswer {
  readonly status: number;
  readonly body: string;
}

/** What becomes of a request instead of what it asks for; `cut` ends the connection. */
export type Fate = LifeAnswer | "cut" | undefined;

interface Upstream {
  readonly address: string;
  readonly authority?: string;
}

/** Stands before a service as all that a program sees of it, and lets things happen between the two. */
export class LifeGate extends LoopbackServer {
  readonly calls: LifeCall[] = [];
  readonly answers: (LifeAnswer & LifeCall)[] = [];
  /** Before a request goes on. */
  before: (call: LifeCall) => Promise<Fate> | Fate = () => undefined;
  /** After the service has done what was asked, and before the program knows. */
  after: (call: LifeCall, answer: LifeAnswer) => Promise<Fate> | Fate = () => undefined;

  constructor(readonly upstream: () => Upstream) {
    super((handler) => createServer(handler));
  }

  /** At the address that it had before, if it had one. */
  open(): Promise<void> {
    return this.listen(this.address === "" ? {} : { port: Number(new URL(this.address).port) });
  }

  /** How many requests have come that match. */
  count(asked: RegExp): number {
    return this.calls.filter((call) => asked.test(call.asked)).length;
  }

  protected async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { asked: `${message.method ?? ""} ${message.url ?? ""}`, body: await text(message) };
    this.calls.push(call);
    try {
      const instead = await this.before(call);
      const answer = instead ?? (await this.#passOn(message, call.body));
      const fate = (instead ? undefined : await this.#seen(call, answer)) ?? answer;
      if (fate === "cut") response.destroy();
      else response.writeHead(fate.status, { "content-type": "application/json" }).end(fate.body);
    } catch {
      response.destroy();
    }
  }

  #seen(call: LifeCall, answer: Fate): Promise<Fate> | Fate {
    if (answer === undefined || answer === "cut") return undefined;
    this.answers.push({ ...call, ...answer });
    return this.after(call, answer);
  }

  #passOn({ method, url, headers }: IncomingMessage, body: string): Promise<LifeAnswer> {
    const { address, authority } = this.upstream();
    const { authorization, "content-type": type, "x-vault-token": token } = headers;
    const given = { authorization, "content-type": type, "x-vault-token": token, connection: "close" };
    const sent: OutgoingHttpHeaders = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    const options = { method, headers: sent, ...(authority === undefined ? {} : { ca: authority }) };
    const ask = address.startsWith("https:") ? requestSafely : request;
    return new Promise((resolve, reject) => {
      ask(new URL(url ?? "/", address), options, (answer) => {
        text(answer).then((content) => {
          resolve({ status: answer.statusCode ?? 0, body: content });
        }, reject);
      })
        .once("error", reject)
        .end(body);
    });
  }
}
