import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { toJson, type Json } from "../model/json";

export interface Question {
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
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
  | { readonly kind: "silent" }
  | { readonly kind: "untrusted" };

/** Asks once and reads only; never rejects. Redirections are not followed: they could take a token elsewhere. */
export async function ask(question: Question): Promise<Answer> {
  try {
    return await answerOf(question);
  } catch (error) {
    return { kind: isTrust(error) ? "untrusted" : "silent" };
  }
}

async function answerOf({ address, headers, authorities, anyServer, patience }: Question): Promise<Answer> {
  const send = address.startsWith("https:") ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const ca = authorities === undefined ? {} : { ca: authorities };
    const options = { headers: { ...headers }, signal, agent: false, rejectUnauthorized: !anyServer, ...ca } as const;
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
    sent.end();
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

/** Node names the reason as OpenSSL does, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
function isTrust(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(error.code)
  );
}
