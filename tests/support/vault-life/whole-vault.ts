import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { VaultSeal } from "../../../model/vault-server-settings";
import { LoopbackServer } from "../sweep/loopback-server";
import { enterKey, initialise, type SealableVault, sealStatus } from "./sealable-vault";
import { SealedVault } from "./sealed-vault";

const sharesWanted = z.record(z.string(), z.int());

type Shares = Readonly<z.infer<typeof sharesWanted>>;

type Answer = readonly [status: number, body?: object];

/**
 * A stand-in for a server with any seal, its health and its bootstrap token. Sources: hashicorp/vault http/sys_init.go,
 * http/sys_health.go; developer.hashicorp.com/vault/api-docs/auth/token
 */
export class WholeVault extends LoopbackServer implements SealableVault {
  readonly #inside = new SealedVault();
  /** Tokens that it takes. */
  readonly #tokens = new Set<string>();
  /** What opens it where it opens itself. */
  #ownKey = "";
  /** Of two requests at a time, one must lose. */
  #isInitialised = false;

  constructor(readonly seal: VaultSeal) {
    super((handler) => createServer(handler));
  }

  async start(): Promise<void> {
    await this.#inside.start();
    if (this.#ownKey !== "") await enterKey(this.#inside, this.#ownKey);
    await this.listen(this.address === "" ? {} : { port: Number(new URL(this.address).port) });
  }

  async stop(): Promise<void> {
    await this.close();
    await this.#inside.stop();
  }

  remove(): void {
    this.#inside.remove();
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = `${request.method ?? ""} ${request.url ?? ""}`;
    const token = String(request.headers["x-vault-token"]);
    const [status, body] = await this.#answer(asked, token, await text(request));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  async #answer(asked: string, token: string, body: string): Promise<Answer> {
    const { initialized, sealed } = await sealStatus(this.#inside);
    switch (asked) {
      case "GET /v1/sys/init":
        return [200, { initialized }];
      case "POST /v1/sys/init":
        return this.#initialise(sharesWanted.parse(JSON.parse(body)));
      case "GET /v1/sys/health":
        return [initialized ? (sealed ? 503 : 200) : 501, { initialized, sealed }];
      case "POST /v1/auth/token/revoke-self":
      case "GET /v1/auth/token/lookup-self":
        return sealed ? [503, { errors: ["Vault is sealed"] }] : this.#asToken(asked, token);
      default:
        return this.#passOn(asked, body);
    }
  }

  #asToken(asked: string, token: string): Answer {
    if (!this.#tokens.has(token))
      return [403, { errors: ["2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n"] }];
    if (asked.startsWith("GET")) return [200, { data: { policies: ["root"] } }];
    this.#tokens.delete(token);
    return [204];
  }

  async #initialise(wanted: Shares): Promise<Answer> {
    const start = this.seal === "shamir" ? "secret" : "recovery";
    const [shares, threshold] = [wanted[`${start}_shares`] ?? 0, wanted[`${start}_threshold`] ?? 0];
    if (Object.keys(wanted).some((name) => !name.startsWith(start)))
      return [400, { errors: [`parameters not specific to this seal present`] }];
    if (threshold > shares || (threshold === 1 && shares > 1))
      return [400, { errors: ["invalid seal configuration: threshold cannot be larger than shares"] }];
    if (this.#isInitialised) return [400, { errors: ["Vault is already initialized"] }];
    this.#isInitialised = true;
    const root_token = `hvs.${randomBytes(12).toString("hex")}`;
    this.#tokens.add(root_token);
    if (this.seal === "shamir") return [200, { ...(await initialise(this.#inside, shares, threshold)), root_token }];
    const [ownKey = ""] = (await initialise(this.#inside, 1, 1)).keys;
    this.#ownKey = ownKey;
    await enterKey(this.#inside, ownKey);
    const recovery_keys = Array.from({ length: shares }, () => randomBytes(33).toString("hex"));
    return [200, { keys: [], keys_base64: [], recovery_keys, root_token }];
  }

  async #passOn(asked: string, body: string): Promise<Answer> {
    const [method, path] = asked.split(" ");
    const options = { method: method ?? "", ...(body === "" ? {} : { body }) };
    const answer = await fetch(`${this.#inside.address}${path ?? ""}`, options);
    return [answer.status, z.looseObject({}).parse(await answer.json())];
  }
}
