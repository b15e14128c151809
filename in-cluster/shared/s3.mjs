// Puts one file into a store that speaks S3, with nothing but Node: its requests are signed by Signature Version 4. Source:
// AWS, "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk"
import { createHmac, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import http from "node:http";
import https from "node:https";
import { TryAgain, reason } from "./service.mjs";

/** Bytes of an answer that are read: it says in the first what is wrong. */
const longestRefusal = 64 * 1024;

/**
 * The header that proves who asks. All headers that are given are signed; `path` is encoded already, and `time` is such as
 * `20260102T030405Z`.
 */
export function authorization({ method, path, query = "", headers, sha256, time }, { region, accessKey, secretKey }) {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]);
  const sorted = named.sort(([a], [b]) => (a < b ? -1 : 1));
  const signed = sorted.map(([name]) => name).join(";");
  const lines = sorted.map(([name, value]) => `${name}:${value}\n`).join("");
  const request = [method, path, query, lines, signed, sha256].join("\n");
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, hash("sha256", request)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce((secret, part) => hmac(secret, part), `AWS4${secretKey}`);
  const signature = hmac(key, text).toString("hex");
  return `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

function hmac(key, text) {
  return createHmac("sha256", key).update(text).digest();
}

/** A path with everything encoded that the signature wants encoded, which is more than a URL does. */
export function encodedPath(path) {
  const code = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return path
    .split("/")
    .map((part) => encodeURIComponent(part).replaceAll(/[!'()*]/g, code))
    .join("/");
}

/** Copies a file, of which the size and the sum are known, and ends when the store has it. */
export async function putFile(store, key, { file, size, sha256 }, seconds) {
  const { origin, host, pathname } = new URL(store.endpoint);
  const path = encodedPath(`${decodeURIComponent(pathname).replace(/\/$/, "")}/${store.bucket}/${key}`);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const headers = { host, "x-amz-content-sha256": sha256, "x-amz-date": time };
  const signature = authorization({ method: "PUT", path, headers, sha256, time }, store);
  const options = {
    method: "PUT",
    headers: { ...headers, authorization: signature, "content-length": String(size) },
    signal: AbortSignal.timeout(seconds * 1000),
  };
  const { status, text } = await sent(`${origin}${path}`, options, file);
  if (status === 200) return;
  const [, code = "no reason"] = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(text) ?? [];
  const said = `the store at ${origin} answers ${status} (${code})`;
  if (status === 429 || status >= 500 || code === "RequestTimeout") throw new TryAgain(said);
  throw new Error(`${said}; ${storeRemedy(status, code)}`);
}

/** Only Node's older client sends a stream with a length, without which S3 takes nothing. */
function sent(address, options, file) {
  const { request } = address.startsWith("https:") ? https : http;
  return new Promise((resolve, reject) => {
    const fail = (error) =>
      reject(new TryAgain(`the store does not answer at ${address.split("/", 3).join("/")}: ${reason(error)}`));
    const source = createReadStream(file);
    const asked = request(address, options, (response) => {
      let text = "";
      // A store that refuses may hang up while the file is still on its way.
      asked.off("error", fail).on("error", () => undefined);
      const done = () => {
        source.destroy();
        asked.destroy();
        resolve({ status: response.statusCode, text });
      };
      response.setEncoding("utf8").on("data", (part) => (text = `${text}${part}`.slice(0, longestRefusal)));
      response.once("end", done).once("error", done);
    });
    asked.once("error", fail);
    source.once("error", (error) => asked.destroy(error));
    source.pipe(asked);
  });
}

function storeRemedy(status, code) {
  if (code === "RequestTimeTooSkewed") return "set the clock of the node";
  if (code === "NoSuchBucket" || status === 404)
    return "make the bucket of idp:backups.s3.bucket, or name one that is there";
  if (code === "AuthorizationHeaderMalformed" || (status >= 300 && status < 400))
    return "set idp:backups.s3.endpoint and idp:backups.s3.region to those of the bucket";
  if (status === 401 || status === 403)
    return (
      "set idp:backupsAccessKey and idp:backupsSecretKey (`pulumi config set --secret`) to keys that may put objects into " +
      "the bucket, then `pulumi up` of the platform stack"
    );
  return "look into its log";
}
