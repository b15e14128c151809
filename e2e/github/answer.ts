import type { Json } from "../../model/json";

/** What GitHub sends back. */
export interface Answer {
  readonly status: number;
  /** Absent: an answer without a body. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that GitHub refuses. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(JSON.stringify(answer.body));
  }
}

const documentation = "https://docs.github.com/rest";

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal({ status, headers, body: { message, documentation_url: documentation, status: String(status) } });
}

/** What is not there, and what the caller may not even know of. */
export function notFound(message = "Not Found"): Refusal {
  return refusal(404, message);
}

export function forbidden(message: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return refusal(403, message, headers);
}

export function badCredentials(): Refusal {
  return refusal(401, "Bad credentials");
}

export function conflict(message: string): Refusal {
  return refusal(409, message);
}

export function invalidRequest(message: string): Refusal {
  return refusal(422, message);
}

/** One field of a resource that GitHub does not take. */
export interface InvalidField {
  readonly resource: string;
  readonly field?: string;
  readonly message: string;
}

export function validationFailed({ resource, field, message }: InvalidField): Refusal {
  const error = { resource, code: "custom", ...(field === undefined ? {} : { field }), message };
  return new Refusal({
    status: 422,
    body: { message: "Validation Failed", documentation_url: documentation, errors: [error], status: "422" },
  });
}
