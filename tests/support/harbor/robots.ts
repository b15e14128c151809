import { randomBytes } from "node:crypto";
import { badRequest, conflict, type HarborAnswer, notFound } from "./answer";
import type { RobotBody } from "./bodies";

export interface Robot {
  readonly id: number;
  /** Without the prefix, such as `shop+ci`. */
  readonly name: string;
  readonly projectId: number;
  readonly secret: string;
  readonly body: RobotBody;
}

/** What a robot account of a project may be given. Source: src/common/rbac/const.go */
const projectRights =
  /^(repository:(read|update|delete|list|pull|push)|artifact:(read|delete|list|create)|tag:(create|delete|list))$/;

/** The robot accounts of projects. Source: src/server/v2.0/handler/robot.go and src/controller/robot/controller.go (v2.15.1) */
export class Robots {
  readonly #robots = new Map<number, Robot>();
  #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  get all(): readonly Robot[] {
    return [...this.#robots.values()];
  }

  set prefix(prefix: string) {
    this.#prefix = prefix;
  }

  /** Whose user and password these are; undefined for nobody who may come in. */
  login(user: string, password: string): Robot | undefined {
    return this.all.find(
      (robot) => `${this.#prefix}${robot.name}` === user && robot.secret === password && !robot.body.disable,
    );
  }

  list(projectId: number, page: number, pageSize: number): HarborAnswer {
    const found = this.all.filter((robot) => robot.projectId === projectId);
    return {
      status: 200,
      body: found.slice((page - 1) * pageSize, page * pageSize).map((robot) => this.#shown(robot)),
    };
  }

  /** It makes up a password, whatever the body says of one. */
  create(body: RobotBody, project: { readonly id: number; readonly name: string }): HarborAnswer {
    if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(body.name))
      throw badRequest("robot name is not in lower case or contains illegal characters");
    checkRobot(body, body.duration ?? 0);
    const name = `${project.name}+${body.name}`;
    if (this.all.some((robot) => robot.name === name))
      throw conflict(`robot account ${project.id}:${name} already exists`);
    const robot = {
      id: this.#robots.size + 1,
      name,
      projectId: project.id,
      secret: randomBytes(16).toString("hex"),
      body,
    };
    this.#robots.set(robot.id, robot);
    return {
      status: 201,
      body: { id: robot.id, name: `${this.#prefix}${name}`, secret: robot.secret, expires_at: -1 },
    };
  }

  update(id: number, body: RobotBody): HarborAnswer {
    const robot = this.#find(id);
    const duration = body.duration ?? robot.body.duration ?? 0;
    checkRobot(body, duration);
    if (body.name !== `${this.#prefix}${robot.name}` || body.level !== robot.body.level)
      throw badRequest("cannot update the level or name of robot");
    this.#robots.set(id, { ...robot, body: { ...body, name: robot.body.name, duration } });
    return { status: 200 };
  }

  setSecret(id: number, secret: string): HarborAnswer {
    const robot = this.#find(id);
    const rules = [/^[^]{8,128}$/, /[a-z]/, /[A-Z]/, /\d/];
    if (!rules.every((rule) => rule.test(secret)))
      throw badRequest(
        "the secret must be 8-128, inclusively, characters long with at least 1 uppercase letter, 1 lowercase letter and 1 number",
      );
    this.#robots.set(id, { ...robot, secret });
    return { status: 200, body: {} };
  }

  #find(id: number): Robot {
    const robot = this.#robots.get(id);
    if (!robot) throw notFound(`robot ${id} not found`);
    return robot;
  }

  /** Rights come from the database in no order. */
  #shown({ id, name, body }: Robot): object {
    const { description, level, disable, duration } = body;
    const permissions = body.permissions.map((permission) => ({
      ...permission,
      access: [...permission.access].reverse(),
    }));
    return {
      id,
      name: `${this.#prefix}${name}`,
      description,
      level,
      disable,
      duration,
      editable: true,
      expires_at: -1,
      permissions,
    };
  }
}

function checkRobot({ level, permissions }: RobotBody, duration: number): void {
  if (duration !== -1 && duration <= 0)
    throw badRequest(
      `bad request error duration input: ${duration}, duration must be either -1(Never) or a positive integer`,
    );
  if (level !== "project") throw badRequest(`bad request error level input: ${level}`);
  const [first, ...others] = permissions;
  if (!first) throw badRequest("bad request empty permission");
  if (others.length > 0) throw badRequest("bad request permission");
  if (first.access.length === 0) throw badRequest("bad request empty access");
  if (first.kind !== "project") throw badRequest(`bad request permission level: ${first.kind}`);
  const unknown = first.access
    .map(({ resource, action }) => `${resource}:${action}`)
    .find((right) => !projectRights.test(right));
  if (unknown !== undefined) throw badRequest(`bad request permission: ${unknown}`);
}
