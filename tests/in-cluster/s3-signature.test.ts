import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runModule } from "../support/git/run-script";
import { whyRefused } from "../support/vault-backup/s3-stand-in";

const keys = {
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const time = "20130524T000000Z";
const host = "examplebucket.s3.amazonaws.com";
const sumOf = (text: string) => createHash("sha256").update(text).digest("hex");
const common = (body: string) => ({ host, "x-amz-content-sha256": sumOf(body), "x-amz-date": time });

/**
 * The examples that AWS publishes, with the signatures that they have there. Source: AWS, "Signature Calculations for the
 * Authorization Header: Transferring Payload in a Single Chunk", "Examples: Signature Calculations"
 */
const examples = [
  {
    title: "GET Object",
    request: { method: "GET", path: "/test.txt", query: "", headers: { ...common(""), range: "bytes=0-9" }, body: "" },
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
  {
    title: "PUT Object",
    request: {
      method: "PUT",
      path: "/test%24file.text",
      query: "",
      headers: {
        ...common("Welcome to Amazon S3."),
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      },
      body: "Welcome to Amazon S3.",
    },
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
  {
    title: "GET Bucket Lifecycle",
    request: { method: "GET", path: "/", query: "lifecycle=", headers: common(""), body: "" },
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  },
  {
    title: "GET Bucket (List Objects)",
    request: { method: "GET", path: "/", query: "max-keys=2&prefix=J", headers: common(""), body: "" },
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
] as const;

const s3 = pathToFileURL(join(__dirname, "..", "..", "in-cluster", "shared", "s3.mjs")).href;

/** What an expression is worth in the file that signs requests. */
async function evaluated(expression: string, input: unknown): Promise<string> {
  const program = `import * as s3 from ${JSON.stringify(s3)}; const input = JSON.parse(process.env.INPUT); console.log(${expression});`;
  const { out, err } = await runModule(program, { INPUT: JSON.stringify(input) });
  assert.equal(err, "");
  return out.trim();
}

describe("signature of requests to a store", () => {
  for (const { title, request, signature } of examples) {
    const { method, path, query, headers, body } = request;

    it(`is that of AWS's example ${title}`, async () => {
      const asked = { method, path, query, headers, sha256: sumOf(body), time };
      const header = await evaluated("s3.authorization(...input)", [asked, keys]);
      const names = Object.keys(headers).sort().join(";");
      const scope = `${keys.accessKey}/20130524/us-east-1/s3/aws4_request`;
      const expected = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${signature}`;
      assert.equal(header, expected);
    });

    it(`is what the store of these tests asks for, by AWS's example ${title}`, () => {
      const names = Object.keys(headers).sort().join(";");
      const scope = `${keys.accessKey}/20130524/us-east-1/s3/aws4_request`;
      const refusal = (given: string) => {
        const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${given}`;
        const target = query === "" ? path : `${path}?${query}`;
        const came = { method, target, headers: { ...headers, authorization }, body: Buffer.from(body) };
        return whyRefused(came, keys, new Date("2013-05-24T00:00:00Z"));
      };
      assert.equal(refusal(signature), "");
      assert.equal(refusal(signature.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))), "SignatureDoesNotMatch");
    });
  }

  it("encodes a path as S3 does", async () => {
    const names = ["/test$file.text", "/a b/ü+~-_.!*'()/%41?x#y"];
    const encoded = await evaluated("JSON.stringify(input.map(s3.encodedPath))", names);
    assert.deepEqual(JSON.parse(encoded), ["/test%24file.text", "/a%20b/%C3%BC%2B~-_.%21%2A%27%28%29/%2541%3Fx%23y"]);
  });
});
