import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { LoopbackServer } from "../sweep/loopback-server";
import type { Initialised, SealableVault } from "./sealable-vault";

const initRequest = z.object({ secret_shares: z.int(), secret_threshold: z.int() });
const unsealRequest = z.object({ key: z.string().optional(), reset: z.boolean().optional() });

type Answer = readonly [status: number, body: object];

/**
 * Stands in for a server with Shamir keys, and answers as it does. Its keys are random, and any of them open it that are
 * enough. Source: hashicorp/vault http/sys_seal.go, http/sys_init.go, vault/core.go (unsealFragment)
 */
export class SealedVault extends LoopbackServer implements SealableVault {
  #keys: readonly string[] = [];
  #threshold = 0;
  #entered: string[] = [];
  #sealed = true;

  constructor() {
    super((handler) => createServer(handler));
  }

  start(): Promise<void> {
    this.#entered = [];
    this.#sealed = true;
    return this.listen(this.address === "" ? {} : { port: Number(new URL(this.address).port) });
  }

  stop(): Promise<void> {
    return this.close();
  }

  remove(): void {
    this.#keys = [];
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body] = this.#answer(`${request.method ?? ""} ${request.url ?? ""}`, await text(request));
    response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
  }

  #answer(asked: string, body: string): Answer {
    switch (asked) {
      case "GET /v1/sys/seal-status":
        return this.#status();
      case "PUT /v1/sys/init":
      case "POST /v1/sys/init":
        return this.#initialise(initRequest.parse(JSON.parse(body)));
      case "PUT /v1/sys/unseal":
      case "POST /v1/sys/unseal":
        return this.#unseal(unsealRequest.parse(JSON.parse(body)));
      default:
        return [this.#sealed ? 503 : 404, { errors: this.#sealed ? ["Vault is sealed"] : [] }];
    }
  }

  #status(): Answer {
    const [t, n, progress] = [this.#threshold, this.#keys.length, this.#entered.length];
    const state = { type: "shamir", initialized: n > 0, sealed: this.#sealed, t, n, progress, nonce: "" };
    return [200, { ...state, version: "1.21.0", ...(this.#sealed ? {} : { cluster_name: 'a "sealed":true cluster' }) }];
  }

  #initialise({ secret_shares: shares, secret_threshold: threshold }: z.infer<typeof initRequest>): Answer {
    if (this.#keys.length > 0) return refusal("Vault is already initialized");
    this.#keys = Array.from({ length: shares }, () => randomBytes(threshold === 1 ? 32 : 33).toString("hex"));
    this.#threshold = threshold;
    const keys_base64 = this.#keys.map((key) => Buffer.from(key, "hex").toString("base64"));
    const initialised: Initialised = { keys: this.#keys, keys_base64 };
    return [200, { ...initialised, root_token: `hvs.${randomBytes(12).toString("hex")}` }];
  }

  #unseal({ key, reset }: z.infer<typeof unsealRequest>): Answer {
    if (reset) {
      if (!this.#sealed) return refusal("vault is unsealed");
      this.#entered = [];
      return this.#status();
    }
    if (!key) return refusal("'key' must be specified in request body as JSON, or 'reset' set to true");
    return this.#keys.length === 0 ? refusal("Vault is not initialized") : this.#enter(decoded(key));
  }

  #enter(key: Buffer): Answer {
    if (key.length < 16 || key.length > 33) return refusal("invalid key: key is of a wrong length");
    if (!this.#sealed) return this.#status();
    this.#entered = [...new Set([...this.#entered, key.toString("hex")])];
    if (this.#entered.length < this.#threshold) return this.#status();
    const isOpen = this.#entered.every((entered) => this.#keys.includes(entered));
    this.#entered = [];
    if (!isOpen) return refusal("unable to retrieve stored keys: invalid key: failed to decrypt keys from storage");
    this.#sealed = false;
    return this.#status();
  }
}

function refusal(error: string): Answer {
  return [400, { errors: [error] }];
}

function decoded(key: string): Buffer {
  return /^(?:[0-9a-f]{2}){16,33}$/i.test(key) ? Buffer.from(key, "hex") : Buffer.from(key, "base64");
}
