import { createServer, type Server } from "node:http";
import { z } from "zod";
import type { PlannedVaultPolicy, PlannedVaultRole } from "../../../plan/planned-vault";
import { close, listen } from "../loopback";
import { VaultServer } from "../vault-life/vault-server";

const opened = z.object({ keys: z.array(z.string()).min(1), root_token: z.string() });
const review = z.object({ spec: z.object({ token: z.string(), audiences: z.array(z.string()).default([]) }) });

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** A token of a service account, as the kubelet hands it out; the stand-in of the API server takes any signature. */
export function accountToken(namespace: string, name: string, audience: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ aud: [audience], iat: now, nbf: now, exp: now + 600, iss: "https://kubernetes.default.svc.cluster.local" },
    sub: `system:serviceaccount:${namespace}:${name}`,
    "kubernetes.io": { namespace, serviceaccount: { name, uid: "1" } },
  };
  return [encoded({ alg: "RS256", kid: "1" }), encoded(claims), "c2ln"].join(".");
}

/** A real Vault with a kv-v2 engine and the login by service accounts, and a stand-in of the API server that it asks. */
export class RealVault {
  readonly #server: VaultServer;
  readonly #reviews: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.once("end", () => {
      const { spec } = review.parse(JSON.parse(Buffer.concat(parts).toString("utf8")));
      const claims: unknown = JSON.parse(Buffer.from(spec.token.split(".")[1] ?? "", "base64url").toString("utf8"));
      const { sub } = z.object({ sub: z.string() }).parse(claims);
      const status = { authenticated: true, audiences: spec.audiences, user: { username: sub, uid: "1" } };
      response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify({ status }));
    });
  });
  #token = "";

  constructor(binary: string) {
    this.#server = new VaultServer(binary);
  }

  get address(): string {
    return this.#server.address;
  }

  async start(mount: string): Promise<void> {
    const reviews = await listen(this.#reviews);
    await this.#server.start();
    const shares = { secret_shares: 1, secret_threshold: 1 };
    const { keys, root_token: token } = opened.parse(await this.write("PUT", "sys/init", shares));
    await this.write("PUT", "sys/unseal", { key: keys[0] });
    this.#token = token;
    await this.#active();
    await this.write("POST", `sys/mounts/${mount}`, { type: "kv", options: { version: "2" } });
    await this.write("POST", "sys/auth/kubernetes", { type: "kubernetes" });
    await this.write("POST", "auth/kubernetes/config", {
      kubernetes_host: `http://${reviews}`,
      token_reviewer_jwt: "x",
      disable_local_ca_jwt: true,
    });
  }

  /** Makes what is planned. */
  async make(planned: PlannedVaultPolicy | PlannedVaultRole): Promise<void> {
    if (planned.kind === "vault-policy")
      await this.write("PUT", `sys/policies/acl/${planned.policy}`, { policy: planned.rules });
    else
      await this.write("POST", `auth/${planned.auth}/role/${planned.role}`, {
        bound_service_account_names: [planned.serviceAccount],
        bound_service_account_namespaces: [planned.namespace],
        ...{ audience: planned.audience, token_policies: planned.policies, token_ttl: planned.tokenTtl },
      });
  }

  async write(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.address}/v1/${path}`, {
      method,
      headers: { "x-vault-token": this.#token },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    await close(this.#reviews);
    await this.#server.stop();
    this.#server.remove();
  }

  async #active(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if ((await fetch(`${this.address}/v1/sys/health`)).status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("Vault is not active within ten seconds");
  }
}
