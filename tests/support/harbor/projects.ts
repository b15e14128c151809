import { badRequest, conflict, type HarborAnswer, HarborProblem, notFound } from "./answer";
import { checkCron, type RetentionBody } from "./bodies";

export interface HarborProject {
  readonly id: number;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Set on a proxy cache. */
  readonly registryId?: number;
  /** Bytes; -1: no limit. */
  readonly storage: number;
}

/** Projects with their quotas and retention. Source: src/server/v2.0/handler/{project,quota,retention}.go (v2.15.1) */
export class Projects {
  readonly #projects = new Map<number, HarborProject>();
  readonly #policies = new Map<number, RetentionBody>();

  get all(): readonly HarborProject[] {
    return [...this.#projects.values()];
  }

  get policies(): ReadonlyMap<number, RetentionBody> {
    return this.#policies;
  }

  named(name: string): HarborProject {
    const found = this.all.find((project) => project.name === name);
    if (!found) throw notFound(`project ${name} not found`);
    return found;
  }

  create(name: string, metadata: Readonly<Record<string, string>>, registryId?: number): HarborAnswer {
    if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name))
      throw badRequest(`project name is not in lower case or contains illegal characters`);
    if (this.all.some((project) => project.name === name)) throw conflict(`The project named ${name} already exists`);
    const id = this.#projects.size + 1;
    const kind = registryId === undefined ? {} : { registryId };
    this.#projects.set(id, { id, name, metadata: { public: "false", ...metadata }, storage: -1, ...kind });
    return { status: 201 };
  }

  update(id: number, metadata: Readonly<Record<string, string>>): HarborAnswer {
    const project = this.#byId(id);
    if ("retention_id" in metadata && metadata["retention_id"] !== project.metadata["retention_id"])
      throw badRequest("the retention_id in the request's payload when updating a project should be omitted");
    this.#change(project, { metadata: { ...project.metadata, ...metadata } });
    return { status: 200 };
  }

  quotas(id: number): HarborAnswer {
    const found = this.all.filter((project) => project.id === id);
    return {
      status: 200,
      body: found.map(({ storage }) => ({ id: quotaId(id), hard: { storage }, used: { storage: 0 } })),
    };
  }

  setQuota(quota: number, hard: Readonly<Record<string, number>> = {}): HarborAnswer {
    const project = this.all.find(({ id }) => quotaId(id) === quota);
    if (Object.keys(hard).length === 0) throw badRequest("hard required in body");
    if (!project) throw notFound(`quota ${quota} not found`);
    const { storage, ...others } = hard;
    if (storage === undefined || storage === 0 || storage < -1 || Object.keys(others).length > 0)
      throw badRequest("invalid quota");
    this.#change(project, { storage });
    return { status: 200 };
  }

  createPolicy(policy: RetentionBody): HarborAnswer {
    checkPolicy(policy);
    const project = this.#projects.get(policy.scope.ref);
    if (!project) throw badRequest(`invalid Project id ${policy.scope.ref}`);
    const old = project.metadata["retention_id"];
    if (old !== undefined) throw badRequest(`project ${project.id} already has retention policy ${old}`);
    const id = this.#policies.size + 1;
    this.#policies.set(id, policy);
    this.#change(project, { metadata: { ...project.metadata, retention_id: String(id) } });
    return { status: 201 };
  }

  policy(id: number): HarborAnswer {
    const policy = this.#policies.get(id);
    if (!policy) throw new HarborProblem(500, "UNKNOWN", "internal server error");
    const { settings, kind } = policy.trigger;
    const trigger = {
      kind,
      settings: { ...settings, next_scheduled_time: "2030-01-01T02:00:00.000Z" },
      references: null,
    };
    return {
      status: 200,
      body: {
        ...policy,
        id,
        trigger,
        rules: policy.rules.map((rule, index) => ({ ...withoutEmpty(rule), id: index })),
      },
    };
  }

  updatePolicy(id: number, policy: RetentionBody): HarborAnswer {
    checkPolicy(policy);
    if (this.#byId(policy.scope.ref).metadata["retention_id"] !== String(id))
      throw notFound(`the retention policy id ${id} does not match`);
    this.#policies.set(id, policy);
    return { status: 200 };
  }

  #byId(id: number): HarborProject {
    const project = this.#projects.get(id);
    if (!project) throw notFound(`project ${id} not found`);
    return project;
  }

  #change(project: HarborProject, changes: Partial<HarborProject>): void {
    this.#projects.set(project.id, { ...project, ...changes });
  }
}

/** A number of its own, so that none is taken for the other. */
function quotaId(project: number): number {
  return project + 100;
}

function checkPolicy({ rules, trigger, scope }: RetentionBody): void {
  if (rules.length > 15) throw badRequest("only 15 rules are allowed at most");
  if (new Set(rules.map((rule) => JSON.stringify(rule))).size < rules.length)
    throw conflict("rule 1 is conflict with rule 0");
  if (scope.level !== "project") throw badRequest(`scope ${scope.level} is not support`);
  if (trigger.kind === "Schedule") checkCron(trigger.settings["cron"] ?? "");
}

/** Go leaves out what is empty: `false`, `""` and `{}`. */
function withoutEmpty(value: object): object {
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => [key, withoutEmptyItem(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function withoutEmptyItem(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyItem);
  if (typeof value === "object" && value !== null)
    return Object.keys(value).length === 0 ? undefined : withoutEmpty(value);
  return value === false || value === "" ? undefined : value;
}
