import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { vaultObjects } from "../../../model/vault-names";
import { at } from "../at";
import { LoopbackServer } from "../sweep/loopback-server";
import type { LifeApi, LifeData, LifeKind } from "./life-place";

type Answer = readonly [status: number, body: object];

interface Held {
  readonly data: LifeData;
  readonly version: number;
}

/** Answers of an API server about Secrets and ConfigMaps of one namespace, as Kubernetes and its RBAC give them. */
export class ApiServerStandIn extends LoopbackServer implements LifeApi {
  readonly namespace = "vault";
  readonly #objects = new Map<string, Held>();
  readonly #tokens = { init: `init.${some()}`, bootstrapEnd: `end.${some()}` };
  #mayStore = true;
  #changes = 0;

  constructor() {
    super((handler) => createServer(handler));
  }

  token(account: "init" | "bootstrapEnd"): Promise<string> {
    return Promise.resolve(this.#tokens[account]);
  }

  data(kind: LifeKind, name: string): Promise<LifeData | undefined> {
    return Promise.resolve(this.#objects.get(`${kind}s/${name}`)?.data);
  }

  put(kind: LifeKind, name: string, data: LifeData): Promise<void> {
    this.#hold(`${kind}s/${name}`, data);
    return Promise.resolve();
  }

  remove(kind: LifeKind, name: string): Promise<void> {
    this.#objects.delete(`${kind}s/${name}`);
    return Promise.resolve();
  }

  letStore(may: boolean): Promise<void> {
    this.#mayStore = may;
    return Promise.resolve();
  }

  end(): Promise<void> {
    return this.close();
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body] = this.#answer(request, await text(request));
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  #answer({ method = "", url = "", headers }: IncomingMessage, body: string): Answer {
    const { pathname, searchParams } = new URL(url, "http://api.example");
    const [kind = "", name = ""] = pathname.replace(`/api/v1/namespaces/${this.namespace}/`, "").split("/");
    const account = Object.entries(this.#tokens).find(([, token]) => headers.authorization === `Bearer ${token}`)?.[0];
    if (account === undefined) return refusal(401, "Unauthorized", "Unauthorized");
    if (!this.#rights(account).includes(`${method} ${kind}/${name}`))
      return refusal(403, "Forbidden", `${kind} "${name}" is forbidden: User "${account}" cannot ${method} it`);
    if (method === "POST") return this.#create(kind, JSON.parse(body), searchParams.get("dryRun") === "All");
    const held = this.#objects.get(`${kind}/${name}`);
    if (held === undefined) return refusal(404, "NotFound", `${kind} "${name}" not found`);
    if (method === "GET") return [200, shown(held)];
    if (method === "PATCH") return this.#patch(`${kind}/${name}`, held, JSON.parse(body));
    this.#objects.delete(`${kind}/${name}`);
    return [200, { kind: "Status", status: "Success" }];
  }

  #rights(account: string): readonly string[] {
    const record = `configmaps/${vaultObjects.initialisation}`;
    if (account === "bootstrapEnd") return [`DELETE secrets/${vaultObjects.bootstrapToken}`];
    const store = this.#mayStore ? ["POST secrets/"] : [];
    return [...store, "POST configmaps/", `GET ${record}`, `PATCH ${record}`];
  }

  #create(kind: string, object: unknown, isDry: boolean): Answer {
    const key = `${kind}/${String(at(object, "metadata", "name"))}`;
    if (this.#objects.has(key)) return refusal(409, "AlreadyExists", `${key} already exists`);
    const data = texts(at(object, kind === "secrets" ? "stringData" : "data"));
    if (isDry) return [201, { metadata: {} }];
    return [201, shown(this.#hold(key, data))];
  }

  #patch(key: string, { data, version }: Held, patch: unknown): Answer {
    const expected = at(patch, "metadata", "resourceVersion");
    if (expected !== undefined && expected !== String(version)) return refusal(409, "Conflict", `${key} was changed`);
    const changes: unknown = at(patch, "data");
    const changed: readonly (readonly [string, unknown])[] = Object.entries({
      ...data,
      ...(isObject(changes) ? changes : {}),
    });
    return [200, shown(this.#hold(key, texts(Object.fromEntries(changed.filter(([, value]) => value !== null)))))];
  }

  #hold(key: string, data: LifeData): Held {
    const held = { data, version: ++this.#changes };
    this.#objects.set(key, held);
    return held;
  }
}

function shown({ data, version }: Held): object {
  return { metadata: { resourceVersion: String(version) }, data };
}

function refusal(code: number, reason: string, message: string): Answer {
  return [code, { kind: "Status", status: "Failure", code, reason, message }];
}

function texts(value: unknown): LifeData {
  return Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, item]) => [key, String(item)]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function some(): string {
  return randomBytes(12).toString("hex");
}
