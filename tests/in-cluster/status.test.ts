import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Answer, commit, showStatus, StatusService } from "../support/releases/status-service";

const token = "github_pat_canary";

describe("program status", () => {
  let service: StatusService;
  let folder: string;

  beforeEach(async () => {
    service = new StatusService();
    await service.listen();
    folder = mkdtempSync(join(tmpdir(), "idp-test-status-"));
    writeFileSync(join(folder, "myorg"), `${token}\n`);
    writeFileSync(join(folder, "chat"), `${service.address}/hook/canary`);
  });

  afterEach(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  /** Whatever happens, it ends well, and shows no secret. */
  const show = async (variables: Readonly<Record<string, string>> = {}) => {
    const ended = await showStatus(service, { TOKENS: folder, ...variables });
    assert.equal(ended.code, 0);
    assert.doesNotMatch(`${ended.out}${ended.err}`, /canary/);
    return ended;
  };

  it("writes the state of a commit, as GitHub's API has it", async () => {
    const { out, err } = await show();
    assert.deepEqual([out, err], ["GitHub shows success on 1a2b3c4 of myorg/my-api\n", ""]);
    const [asked, ...more] = service.asked;
    assert.deepEqual(more, []);
    assert.deepEqual([asked?.method, asked?.path], ["POST", `/repos/myorg/my-api/statuses/${commit}`]);
    assert.equal(asked?.headers["authorization"], `Bearer ${token}`);
    assert.equal(asked.headers["accept"], "application/vnd.github+json");
    assert.equal(asked.headers["x-github-api-version"], "2022-11-28");
    assert.ok(asked.headers["user-agent"]);
    assert.deepEqual(asked.body, {
      state: "success",
      context: "shop/api",
      description: "released",
      target_url: "https://workflows.lab.example/workflows/shop-build/api-1a2b3c4",
    });
  });

  it("takes the token of the repository's owner, however the owner is written, and no other's", async () => {
    writeFileSync(join(folder, "other"), "github_pat_canary_other");
    await show({ REPOSITORY: "MyOrg/My-Api" });
    assert.equal(service.asked[0]?.headers["authorization"], `Bearer ${token}`);
    const { out } = await show({ REPOSITORY: "third/my-api" });
    assert.equal(out, "GitHub shows no state: idp:githubStatusTokens has none for third\n");
    assert.equal(service.asked.length, 1);
  });

  it("does nothing without tokens", async () => {
    const { out } = await show({ TOKENS: join(folder, "none") });
    assert.match(out, /has none for myorg/);
    assert.deepEqual(service.asked, []);
  });

  it("cuts a description to what GitHub takes", async () => {
    await show({ DESCRIPTION: `${"ü".repeat(200)}\nmore` });
    assert.deepEqual(descriptions(service), [`${"ü".repeat(139)}…`]);
  });

  const limited: Answer = { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" } };
  const passing: readonly (readonly [string, readonly (Answer | "cut")[]])[] = [
    ["500 and 502", [{ status: 500 }, { status: 502 }]],
    ["nothing at all", ["cut", "cut"]],
    ["that it was asked too often", [{ status: 429, headers: { "retry-after": "0" } }, limited]],
  ];
  for (const [title, answers] of passing)
    it(`tries again when GitHub answers ${title}`, async () => {
      service.answers.push(...answers);
      const { out } = await show();
      assert.match(out, /^GitHub shows success/);
      assert.equal(service.asked.length, answers.length + 1);
    });

  it("gives up after four tries, and ends well all the same", async () => {
    service.answers.push(...Array.from({ length: 9 }, () => ({ status: 503 })));
    assert.equal((await show()).err, "GitHub shows no new state: GitHub answers 503: it takes no status now\n");
    assert.equal(service.asked.length, 4);
  });

  const far = String(Math.ceil(Date.now() / 1000) + 3600);
  const final: readonly (readonly [string, Answer, RegExp])[] = [
    ["a token that has expired", { status: 401 }, /answers 401: the token is not valid, or has expired$/],
    ["a token without the right", { status: 403 }, /answers 403: the token may not write commit statuses/],
    ["a repository out of reach", { status: 404 }, /answers 404: the token does not reach myorg\/my-api/],
    ["a commit that is not there", { status: 422 }, /answers 422: myorg\/my-api has no such commit/],
    ["a repository that has moved", { status: 301, headers: { location: "/x" } }, /has another name now; change the/],
    [
      "a limit that ends in an hour",
      { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": far } },
      /403/,
    ],
    ["a wait of an hour", { status: 429, headers: { "retry-after": "3600" } }, /429/],
  ];
  for (const [title, answer, expected] of final)
    it(`asks once for ${title}, and says so`, async () => {
      service.answers.push(answer);
      assert.match((await show()).sentence, expected);
      assert.equal(service.asked.length, 1);
    });

  it("tells a chat in Slack's form of what it is to be told of", async () => {
    const chat = { CHAT_FILE: join(folder, "chat") };
    await show({ ...chat, STATE: "pending" });
    assert.deepEqual(service.under("/hook"), []);
    const { out } = await show({ ...chat, DESCRIPTION: "built, and <not> released & held" });
    assert.match(out, /the chat is told/);
    const [told] = service.under("/hook");
    const page = "https://workflows.lab.example/workflows/shop-build/api-1a2b3c4";
    assert.deepEqual(told?.body, {
      text: `shop/api 1a2b3c4: success, built, and &lt;not&gt; released &amp; held ${page}`,
    });
    assert.equal(told.headers["authorization"], undefined);
  });

  it("tells the chat though GitHub is not there, and GitHub though the chat is not", async () => {
    service.answers.push({ status: 401 });
    const { out, err } = await show({ CHAT_FILE: join(folder, "chat") });
    assert.deepEqual([out, err.includes("401")], ["the chat is told\n", true]);
    service.answers.push({ status: 201 }, { status: 404 });
    assert.match(
      (await show({ CHAT_FILE: join(folder, "chat") })).err,
      /^the chat is not told: the chat answers 404$/m,
    );
    const nowhere = await show({ CHAT_FILE: join(folder, "missing") });
    assert.doesNotMatch(`${nowhere.out}${nowhere.err}`, /chat/);
  });

  it("asks for nothing with a value that has not its form", async () => {
    const fields = ["REPOSITORY", "COMMIT", "STATE", "CONTEXT", "TARGET_URL"];
    const spells = [
      "",
      "../..",
      "myorg/..",
      "a/b/c",
      "x\nhost: y",
      "$(id)",
      "'",
      '"',
      "javascript:x",
      "a b",
      "myorg/my-api?x",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        fc.oneof(fc.constantFrom(...spells), fc.string()),
        async (field, value) => {
          fc.pre(!value.includes("\0") && !/^\w[\w-]*\/\w[\w-]*$/.test(value));
          const { err } = await show({ [field]: value });
          assert.match(err, new RegExp(`^GitHub shows no new state: ${field} does not have its form$`, "m"));
        },
      ),
      { numRuns: 25 },
    );
    assert.deepEqual(service.asked, []);
  }).timeout(60_000);
});

function descriptions(service: StatusService): readonly unknown[] {
  return service.asked.map(({ body }) =>
    typeof body === "object" && body && "description" in body ? body.description : "",
  );
}
