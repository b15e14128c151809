import {
  badRequest,
  forbidden,
  type HarborAnswer,
  HarborProblem,
  notFound,
  unauthorized,
  unprocessable,
} from "./answer";
import { bodies, checkCron, parseBody, type ScheduleBody } from "./bodies";
import { Projects } from "./projects";
import { Robots } from "./robots";

/** A request, read. */
export interface HarborCall {
  readonly method: string;
  /** Below the host, with its query. */
  readonly path: string;
  readonly user: string;
  readonly password: string;
  /** Body as it was sent. */
  readonly text: string;
  /** Whether the header says that the path has a project's name and not its number. */
  readonly hasName: boolean;
}

type Handler = (call: HarborCall & { readonly query: URLSearchParams }, part: string) => HarborAnswer;

/** Harbor's API as far as the set-up of a project needs it, with the behaviour of the handlers of Harbor 2.15.1. */
export class HarborApi {
  readonly projects = new Projects();
  readonly robots = new Robots("robot$");
  schedule: ScheduleBody | undefined;
  adminPassword: string;

  constructor(adminPassword: string) {
    this.adminPassword = adminPassword;
  }

  answer(call: HarborCall): HarborAnswer {
    try {
      return this.#answer(call);
    } catch (error) {
      if (error instanceof HarborProblem) return error.answer;
      throw error;
    }
  }

  #answer(call: HarborCall): HarborAnswer {
    const { pathname, searchParams: query } = new URL(call.path, "http://harbor");
    const isAdmin = call.user === "admin" && call.password === this.adminPassword;
    if (!isAdmin && !this.robots.login(call.user, call.password)) throw unauthorized();
    if (`${call.method} ${pathname}` === "GET /v2/") return { status: 200, body: {} };
    if (!isAdmin) throw forbidden();
    for (const [pattern, handler] of this.#routes) {
      const found = pattern.exec(`${call.method} ${pathname}`);
      if (found) return handler({ ...call, query }, found[1] ?? "");
    }
    throw notFound("page not found");
  }

  readonly #routes: readonly (readonly [RegExp, Handler])[] = [
    [route("GET", "/projects/([^/]+)"), (call, part) => this.#project(call, decodeURIComponent(part))],
    [route("POST", "/projects"), ({ text }) => this.#createProject(text)],
    [route("PUT", "/projects/(\\d+)"), ({ text }, id) => this.projects.update(Number(id), metadata(text))],
    [route("GET", "/quotas"), ({ query }) => this.projects.quotas(Number(query.get("reference_id")))],
    [route("PUT", "/quotas/(\\d+)"), ({ text }, id) => this.#setQuota(Number(id), text)],
    [route("GET", "/robots"), ({ query }) => this.#listRobots(query)],
    [route("POST", "/robots"), ({ text }) => this.#createRobot(text)],
    [route("PUT", "/robots/(\\d+)"), ({ text }, id) => this.robots.update(Number(id), parseBody(bodies.robot, text))],
    [route("PATCH", "/robots/(\\d+)"), ({ text }, id) => this.#setRobotSecret(Number(id), text)],
    [route("POST", "/retentions"), ({ text }) => this.projects.createPolicy(parseBody(bodies.retention, text))],
    [route("GET", "/retentions/(\\d+)"), (_, id) => this.projects.policy(Number(id))],
    [route("PUT", "/retentions/(\\d+)"), ({ text }, id) => this.#updatePolicy(Number(id), text)],
    [route("GET", "/system/gc/schedule"), () => this.#garbageCollection()],
    [route("POST", "/system/gc/schedule"), ({ text }) => this.#collectGarbage(text)],
  ];

  #project({ hasName }: HarborCall, name: string): HarborAnswer {
    if (!hasName && /^\d+$/.test(name)) throw notFound(`project ${name} not found`);
    const { id, registryId, metadata } = this.projects.named(name);
    const kind = registryId === undefined ? {} : { registry_id: registryId };
    return { status: 200, body: { project_id: id, name, metadata, ...kind } };
  }

  #createProject(text: string): HarborAnswer {
    const { project_name: name = "", metadata = {} } = parseBody(bodies.project, text);
    return this.projects.create(name, metadata);
  }

  #setQuota(id: number, text: string): HarborAnswer {
    return this.projects.setQuota(id, parseBody(bodies.quota, text).hard);
  }

  #listRobots(query: URLSearchParams): HarborAnswer {
    const project = /^Level=project,ProjectID=(\d+)$/.exec(query.get("q") ?? "")?.[1];
    if (project === undefined) throw badRequest("must with project ID when to query project robots");
    const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("page_size") ?? 10)];
    if (size > 100) throw unprocessable("page_size in query should be less than or equal to 100");
    return this.robots.list(Number(project), page, size);
  }

  #createRobot(text: string): HarborAnswer {
    const body = parseBody(bodies.robot, text);
    return this.robots.create(body, this.projects.named(body.permissions[0]?.namespace ?? ""));
  }

  #setRobotSecret(id: number, text: string): HarborAnswer {
    return this.robots.setSecret(id, parseBody(bodies.robotSecret, text).secret);
  }

  #updatePolicy(id: number, text: string): HarborAnswer {
    return this.projects.updatePolicy(id, parseBody(bodies.retention, text));
  }

  /** No body when there is none. Source: src/server/v2.0/handler/gc.go, GetGCSchedule */
  #garbageCollection(): HarborAnswer {
    return this.schedule ? { status: 200, body: { id: 1, ...this.schedule } } : { status: 200 };
  }

  #collectGarbage(text: string): HarborAnswer {
    const schedule = parseBody(bodies.schedule, text);
    checkCron(schedule.schedule.cron);
    this.schedule = schedule;
    return { status: 201 };
  }
}

function route(method: string, path: string): RegExp {
  return new RegExp(`^${method} /api/v2\\.0${path}$`);
}

function metadata(text: string): Readonly<Record<string, string>> {
  return parseBody(bodies.project, text).metadata ?? {};
}
