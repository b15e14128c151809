import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { programs } from "../../plan/program-files";
import { runModule } from "../support/git/run-script";

const secret = "canary-of-the-webhook";
const commit = "a".repeat(40);

interface Call {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe("program report", () => {
  const calls: Call[] = [];
  /** Answers of the next calls; undefined ends the connection. */
  const answers: (number | undefined)[] = [];
  /** Texts of the next answers. */
  const texts: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      calls.push({
        line: `${request.method ?? ""} ${request.url ?? ""}`,
        headers: request.headers,
        body: Buffer.concat(parts),
      });
      const status = answers.length > 0 ? answers.shift() : 200;
      const text = texts.shift() ?? "an answer";
      if (status === undefined) request.socket.destroy();
      else response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end(text);
    });
  });
  const folder = mkdtempSync(join(tmpdir(), "idp-test-report-"));
  const SECRET_FILE = join(folder, "secret");
  let port = 0;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    port = typeof at === "object" && at !== null ? at.port : 0;
  });

  beforeEach(() => {
    calls.length = 0;
    answers.length = 0;
    texts.length = 0;
    writeFileSync(SECRET_FILE, secret);
  });

  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const report = async (variables: Record<string, string> = {}) => {
    const told = {
      APPLICATION: "api",
      COMMIT: commit,
      STATE: "success",
      DIGEST: "sha256:d",
      PUSHED: "17",
      WORKFLOW: "api-a",
    };
    const ENDPOINT = `http://127.0.0.1:${port}/push/shop/myorg/my-api`;
    const ended = await runModule(programs.report, { ENDPOINT, SECRET_FILE, ...told, ...variables });
    assert.ok(!(ended.out + ended.err).includes(secret), "the secret is shown");
    return ended;
  };

  const fails = async (variables: Record<string, string>, sentence: RegExp, expected = 1) => {
    const { code, err } = await report(variables);
    assert.equal(code, expected);
    assert.match(err, sentence);
    assert.equal(err.trimEnd().split("\n").length, 1);
  };

  it("sends one signed report that is none of GitHub's events", async () => {
    const { code, out, err } = await report();
    assert.deepEqual([code, out, err], [0, "", ""]);
    const [call, ...others] = calls;
    assert.ok(call && others.length === 0);
    const { headers, body, line } = call;
    assert.equal(line, "POST /push/shop/myorg/my-api");
    const sent: unknown = JSON.parse(body.toString("utf8"));
    assert.deepEqual(sent, {
      report: { application: "api", commit, state: "success", digest: "sha256:d", pushed: "17", workflow: "api-a" },
    });
    assert.equal(headers["x-github-event"], "report");
    assert.equal(headers["content-type"], "application/json");
    assert.match(String(headers["x-github-delivery"]), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    assert.equal(headers["x-hub-signature-256"], `sha256=${signature}`);
  });

  it("signs as the event source does, which cuts one line feed off the key", async () => {
    writeFileSync(SECRET_FILE, `${secret}\n`);
    await report();
    const [call] = calls;
    assert.equal(
      call?.headers["x-hub-signature-256"],
      `sha256=${createHmac("sha256", secret)
        .update(call?.body ?? "")
        .digest("hex")}`,
    );
  });

  it("sends every value as a value", async () => {
    const odd = '"},"x":{"\n$(touch x)`id` ../ --state \\ ü';
    const named = { APPLICATION: odd, COMMIT: odd, STATE: odd, DIGEST: odd, PUSHED: odd, WORKFLOW: odd };
    assert.equal((await report(named)).code, 0);
    const fields = ["application", "commit", "state", "digest", "pushed", "workflow"].map(
      (name) => [name, odd] as const,
    );
    const sent: unknown = JSON.parse(calls[0]?.body.toString("utf8") ?? "");
    assert.deepEqual(sent, { report: Object.fromEntries(fields) });
  });

  it("has neither digest nor time to tell of a build that begins", async () => {
    assert.equal((await report({ STATE: "pending", DIGEST: "", PUSHED: "" })).code, 0);
    assert.match(calls[0]?.body.toString("utf8") ?? "", /"state":"pending","digest":"","pushed":""/);
  });

  it("tries again, with the same report, when the event source is away for a moment", async () => {
    answers.push(503, undefined, 500, 429);
    assert.equal((await report()).code, 0);
    assert.deepEqual([calls.length, new Set(calls.map(({ headers }) => headers["x-github-delivery"])).size], [5, 1]);
  });

  it("tries again while the event source takes up its entries", async () => {
    answers.push(404, 400);
    texts.push("404 page not found", "endpoint is inactive");
    assert.equal((await report()).code, 0);
    answers.push(...Array.from({ length: 20 }, () => 404));
    await fails(
      { WAIT_SECONDS: "0" },
      /^the event source answers 404 to the report; check that it has an entry for \/push\//,
      75,
    );
  });

  it("waits for an event source that does not listen yet", async () => {
    const late = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => late.listen(0, "127.0.0.1", resolve));
    const at = late.address();
    const address = `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}`;
    await new Promise((resolve) => late.close(resolve));
    const running = report({ ENDPOINT: address });
    await wait(400);
    const again = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => again.listen(Number(new URL(address).port), "127.0.0.1", resolve));
    assert.equal((await running).code, 0);
    again.close();
  });

  it("gives up after the time that it has, in the way by which a step is started anew", async () => {
    const again = 75;
    answers.push(...Array.from({ length: 20 }, () => 503));
    await fails({ WAIT_SECONDS: "1" }, /^the event source answers 503 to the report; look at its log$/m, again);
    await fails(
      { WAIT_SECONDS: "0", ENDPOINT: "http://127.0.0.1:65535/x" },
      /^the event source cannot be reached at http:\/\/127\.0\.0\.1:65535: .+ECONNREFUSED.*; look at its pod$/m,
      again,
    );
  });

  it("does not try twice what the event source refuses, and follows it nowhere", async () => {
    for (const status of [400, 403, 302]) {
      calls.length = 0;
      answers.push(status);
      await fails(
        {},
        new RegExp(`^the event source answers ${status} to the report; check that the Secret of the webhook`),
      );
      assert.equal(calls.length, 1);
    }
  });

  it("names what is missing", async () => {
    for (const name of ["ENDPOINT", "SECRET_FILE", "APPLICATION", "WORKFLOW"])
      await fails({ [name]: "" }, new RegExp(`^${name} is not set; set it in the template of builds$`, "m"));
    await fails({ ENDPOINT: "no address" }, /^"no address" is no address; correct ENDPOINT/);
    await fails({ SECRET_FILE: "/nowhere" }, /no such file or directory, open '\/nowhere'/);
    writeFileSync(SECRET_FILE, "\n");
    await fails({}, /^the file that SECRET_FILE names is empty; look at the Secret of the webhook$/m);
    assert.deepEqual(calls, []);
  });
});
