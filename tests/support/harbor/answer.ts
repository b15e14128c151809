/** What the stand-in answers. */
export interface HarborAnswer {
  readonly status: number;
  /** Absent: no body, as Harbor answers what it has made or changed. */
  readonly body?: unknown;
}

/** A problem as Harbor words it. Source: src/lib/http/error.go */
export class HarborProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  get answer(): HarborAnswer {
    return { status: this.status, body: { errors: [{ code: this.code, message: this.message }] } };
  }
}

export const unauthorized = () => new HarborProblem(401, "UNAUTHORIZED", "unauthorized");
export const forbidden = () => new HarborProblem(403, "FORBIDDEN", "forbidden");
export const badRequest = (message: string) => new HarborProblem(400, "BAD_REQUEST", message);
export const notFound = (message: string) => new HarborProblem(404, "NOT_FOUND", message);
export const conflict = (message: string) => new HarborProblem(409, "CONFLICT", message);
/** Of a body or a query that is not what the API description says. */
export const unprocessable = (message: string) => new HarborProblem(422, "UNPROCESSABLE_ENTITY", message);
