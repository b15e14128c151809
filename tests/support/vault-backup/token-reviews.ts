import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { platformNamespaces, vaultAudience } from "../../../model/platform-names";
import { LoopbackServer } from "../sweep/loopback-server";

const review = z.looseObject({ spec: z.object({ token: z.string(), audiences: z.array(z.string()).default([]) }) });

/**
 * Stands in for an API server in the one thing that Vault asks of it: whose token it was shown. Source: kubernetes
 * authentication.k8s.io/v1 TokenReview
 */
export class TokenReviews extends LoopbackServer {
  readonly #accounts = new Map<string, string>();

  constructor() {
    super((handler) => createServer(handler));
  }

  /** A token of a service account in Vault's namespace, in the form that Vault reads; only this server knows that it is good. */
  issue(account: string): string {
    const namespace = platformNamespaces.vault;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      aud: [vaultAudience],
      iat: now,
      nbf: now,
      exp: now + 600,
      iss: "https://kubernetes.default.svc.cluster.local",
      sub: `system:serviceaccount:${namespace}:${account}`,
      "kubernetes.io": { namespace, serviceaccount: { name: account, uid: `uid-of-${account}` } },
    };
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
    const token = [part({ alg: "RS256", kid: "1" }), part(claims), `signature${this.#accounts.size}`].join(".");
    this.#accounts.set(token, account);
    return token;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = review.parse(JSON.parse(await text(request)));
    const account = this.#accounts.get(asked.spec.token);
    const user = {
      username: `system:serviceaccount:${platformNamespaces.vault}:${account ?? ""}`,
      uid: `uid-of-${account ?? ""}`,
    };
    const isGood = account !== undefined && asked.spec.audiences.includes(vaultAudience);
    const status = isGood ? { authenticated: true, user, audiences: [vaultAudience] } : { authenticated: false };
    response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ ...asked, status }));
  }
}
