import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { LoopbackServer } from "../sweep/loopback-server";

/** A request as it came over the wire, nothing decoded. */
export interface SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface StoreKeys {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/**
 * Why S3 would refuse a request: its signature is worked out anew, from what came. Empty: it takes it. Source: AWS,
 * "Authenticating Requests (AWS Signature Version 4)"
 */
export function whyRefused(request: SignedRequest, { accessKey, secretKey, region }: StoreKeys, now: Date): string {
  const { headers, body } = request;
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(.+)$/;
  const [, access = "", day = "", place = "", names = "", signature = ""] =
    pattern.exec(headers["authorization"] ?? "") ?? [];
  const [time = "", sum = ""] = [headers["x-amz-date"], headers["x-amz-content-sha256"]];
  if (access !== accessKey) return "InvalidAccessKeyId";
  if (place !== region) return "AuthorizationHeaderMalformed";
  if (Math.abs(moment(time) - now.getTime()) > 15 * 60_000 || !time.startsWith(day)) return "RequestTimeTooSkewed";
  if (sha256(body) !== sum) return "XAmzContentSHA256Mismatch";
  const signed = names.split(";");
  const open = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  if (open.some((name) => !signed.includes(name))) return "AccessDenied";
  const [path = "", query = ""] = request.target.split("?");
  const canonical = `${request.method}\n${path}\n${query}\n${signed.map((name) => `${name}:${headers[name] ?? ""}\n`).join("")}\n${names}\n${sum}`;
  const dateKey = sign(Buffer.from(`AWS4${secretKey}`), day);
  const key = sign(sign(sign(dateKey, region), "s3"), "aws4_request");
  const expected = sign(key, `AWS4-HMAC-SHA256\n${time}\n${day}/${region}/s3/aws4_request\n${sha256(canonical)}`);
  const given = Buffer.from(signature, "hex");
  return given.length === 32 && timingSafeEqual(given, expected) ? "" : "SignatureDoesNotMatch";
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function sign(key: Buffer, content: string): Buffer {
  return createHmac("sha256", key).update(content, "utf8").digest();
}

function moment(time: string): number {
  return Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** Stands in for a store that speaks S3: one bucket, whose objects it takes only with a signature that is right. */
export class S3StandIn extends LoopbackServer {
  readonly objects = new Map<string, Buffer>();
  /** Path and refusal of every request. */
  readonly asked: (readonly [target: string, refusal: string])[] = [];
  /** The next answers in the place of the usual ones; `cut` ends the connection, `silent` never answers. */
  readonly mishaps: (readonly [status: number, code: string] | "cut" | "silent")[] = [];

  constructor(
    readonly keys: StoreKeys,
    readonly bucket: string,
  ) {
    super((handler) => createServer(handler));
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const mishap = this.mishaps.shift();
    if (mishap === "cut") return void request.socket.destroy();
    if (mishap === "silent") return;
    const { method = "", url: target = "" } = request;
    if (mishap) {
      // A store that refuses need not read what is sent.
      this.#refuse(response, ...mishap);
      return;
    }
    const body = await buffer(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const refusal = whyRefused({ method, target, headers, body }, this.keys, new Date());
    this.asked.push([target, refusal]);
    const start = `/${this.bucket}/`;
    if (refusal !== "") this.#refuse(response, refusal === "AuthorizationHeaderMalformed" ? 400 : 403, refusal);
    else if (!target.startsWith(start)) this.#refuse(response, 404, "NoSuchBucket");
    else if (headers["content-length"] === undefined) this.#refuse(response, 411, "MissingContentLength");
    else {
      this.objects.set(target.slice(start.length), body);
      response.writeHead(200).end();
    }
  }

  #refuse(response: ServerResponse, status: number, code: string): void {
    const keys = `<AWSAccessKeyId>${this.keys.accessKey}</AWSAccessKeyId>`;
    response.writeHead(status, { "content-type": "application/xml", connection: "close" });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No</Message>${keys}</Error>`);
  }
}
