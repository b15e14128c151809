import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { toJson, type Json } from "../model/json";

export interface Question {
  /** `GET` where none is named. */
  readonly method?: "GET" | "POST";
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent, as JSON. */
  readonly body?: Json;
  /** Certificates of authorities (PEM) that are trusted instead of the usual ones. */
  readonly authorities?: string;
  /** Talks to a server whoever it is; never with a secret in the headers. */
  readonly anyServer?: boolean;
  /** Milliseconds that the service has for its answer. */
  readonly patience: number;
}

/** What a service said, or why nothing can be known of it. */
export type Answer =
  | { readonly kind: "answer"; readonly status: number; readonly body: Json }
  /** `reason` is such as `ECONNREFUSED`; absent where the system gave none. */
  | { readonly kind: "silent"; readonly reason?: string }
  | { readonly kind: "untrusted" };

/** Asks once; never rejects. Redirections are not followed: they could take a token elsewhere. */
export async function ask(question: Question): Promise<Answer> {
  try {
    return await answerOf(question);
  } catch (error) {
    if (isTrust(error)) return { kind: "untrusted" };
    const reason = reasonOf(error, question.patience);
    return { kind: "silent", ...(reason === undefined ? {} : { reason }) };
  }
}

async function answerOf(question: Question): Promise<Answer> {
  const { method = "GET", address, authorities, anyServer, patience } = question;
  const send = address.startsWith("https:") ? tlsRequest : plainRequest;
  const body = question.body === undefined ? undefined : Buffer.from(JSON.stringify(question.body));
  const described = body ? { "Content-Type": "application/json", "Content-Length": body.length } : {};
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const ca = authorities === undefined ? {} : { ca: authorities };
    const options = {
      ...{ method, headers: { ...described, ...question.headers }, signal },
      ...{ agent: false, rejectUnauthorized: !anyServer, ...ca },
    } as const;
    // Throws for an address or a header that cannot be sent, which rejects the promise too.
    const sent = send(address, options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", () => {
        resolve({ kind: "silent" });
      });
      response.on("end", () => {
        resolve({ kind: "answer", status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts)) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A proxy may answer in the service's place, with a page. */
function parsed(bytes: Buffer): Json {
  try {
    return toJson(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}

/** Of the errors of the system alone: those of Node itself speak of the question. */
function reasonOf(error: unknown, patience: number): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code === "ABORT_ERR") return `no answer in ${patience / 1000} s`;
  return typeof error.code === "string" && /^E(?!RR_)/.test(error.code) ? error.code : undefined;
}

/** Node names the reason as OpenSSL does, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
function isTrust(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(error.code)
  );
}
