import { OpenAPIBackend, type Operation } from "openapi-backend";
import { z } from "zod";
import { gitHubDescription } from "./description";

/** A request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body; empty: none. */
  readonly body: string;
}

/** The same request, as the operation that it asks for. */
export interface MatchedRequest {
  readonly operationId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

const texts = z.record(z.string(), z.string());

/** Formats that the answers use; a checker that does not know one would let everything pass. */
const formats = {
  uri: (text: string) => URL.canParse(text),
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  email: /^[^@\s]+@[^@\s]+$/,
};

/** Where a GitHub server other than github.com answers; the provider asks there whenever it is given an address. */
export const apiRoot = "/api/v3";

/** Requests and answers, held against GitHub's own description of its API. */
export class DescribedApi {
  private constructor(readonly backend: OpenAPIBackend) {}

  static async of(operationIds: ReadonlySet<string>): Promise<DescribedApi> {
    const definition = gitHubDescription(operationIds);
    const ajvOpts = { formats, allErrors: true };
    const backend = new OpenAPIBackend({ definition, apiRoot, ajvOpts, quick: true });
    return new DescribedApi(await backend.init());
  }

  /** What is asked for; nothing if no operation of the description is. */
  match(wire: WireRequest): MatchedRequest | undefined {
    const request = {
      method: wire.method,
      path: oneSegment(wire.path),
      headers: wire.headers,
      ...(wire.body === "" ? {} : { body: wire.body }),
    };
    const operation = this.backend.matchOperation(request);
    const operationId = operation?.operationId;
    if (!operation || operationId === undefined) return undefined;
    const parsed = this.backend.router.parseRequest(request, operation);
    const params = Object.entries(texts.parse(parsed.params)).map(([name, value]) => [name, decodeURIComponent(value)]);
    const { errors } = this.backend.validateRequest(request, operation);
    return {
      operationId,
      params: texts.parse(Object.fromEntries(params)),
      query: texts.parse(parsed.query),
      problems: said(errors),
    };
  }

  /** What is wrong with an answer. A refusal that the description leaves out has the form of all refusals. */
  answerProblems(operationId: string, status: number, body: unknown): readonly string[] {
    const operation: Operation | undefined = this.backend.getOperation(operationId);
    if (!operation) return [`no operation ${operationId}`];
    const described = Object.keys(operation.responses ?? {});
    if (!described.includes(String(status))) return status >= 400 || status === 304 ? [] : [`status ${status}`];
    return said(this.backend.validateResponse(body, operation, status).errors);
  }
}

/** A file's path is one parameter in the description, and has slashes. */
function oneSegment(path: string): string {
  return path.replace(/(?<=\/contents\/)[^?]*/, (file) => encodeURIComponent(decodeURIComponent(file)));
}

function said(errors: ReturnType<OpenAPIBackend["validateRequest"]>["errors"]): readonly string[] {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? "is wrong"}`);
}
