import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterFirst, afterSecond, failed, picture, pinnedAt, succeeded } from "../support/harbor/outcomes";
import { adminPassword, robotPassword, setUp, type SetUpArgs } from "../support/harbor/set-up";
import { HarborStandIn } from "../support/harbor/stand-in";

const project = pinnedAt("a".repeat(40));

describe("program harbor-project in trouble", () => {
  let harbor: HarborStandIn;
  let url: string;

  beforeEach(async () => {
    harbor = new HarborStandIn(adminPassword);
    url = await harbor.listen("127.0.0.1");
  });

  afterEach(() => harbor.close());

  const run = (args: Partial<SetUpArgs> = {}) => setUp({ project, url, ...args });

  it("waits for a Harbor that does not listen yet", async () => {
    await harbor.close();
    const late = new HarborStandIn(adminPassword);
    const running = run();
    await wait(600);
    await late.listen("127.0.0.1", Number(new URL(url).port));
    succeeded(await running, afterFirst);
    await late.close();
  });

  it("gives up a Harbor that never listens, after the time that it has", async () => {
    await harbor.close();
    const { origin } = new URL(url);
    const ended = await run({ environment: { WAIT_SECONDS: "1" } });
    failed(ended, new RegExp(`^Harbor cannot be reached at ${origin}: .*ECONNREFUSED`));
    assert.deepEqual(ended.lines, []);
  });

  it("tries again after 500, 502, 503 and 429", async () => {
    harbor.mishaps.push(502, 503, 500, 429);
    succeeded(await run(), afterFirst);
  });

  it("says what Harbor keeps failing at", async () => {
    harbor.mishaps.push(...Array.from({ length: 50 }, () => 500));
    failed(
      await run({ environment: { WAIT_SECONDS: "1" } }),
      "Harbor answers 500 to GET /api/v2.0/projects/shop: a mishap",
    );
  });

  it("ends the same whichever change succeeds without an answer", async () => {
    succeeded(await run(), afterFirst);
    const expected = withoutIds(picture(harbor));
    const changes = harbor.requests.flatMap(({ method }, index) => (method === "GET" ? [] : [index]));
    assert.equal(changes.length, harbor.writes.length);
    const losing = changes.map(async (index) => {
      const other = new HarborStandIn(adminPassword);
      other.mishaps.push(...Array.from({ length: index }, () => "none" as const), "answer-lost");
      const { code, complaint } = await run({ url: await other.listen("127.0.0.1") });
      assert.deepEqual({ code, complaint }, { code: 0, complaint: "" }, `answer ${index}`);
      assert.deepEqual(withoutIds(picture(other)), expected, `answer ${index}`);
      await other.close();
    });
    await Promise.all(losing);
  });

  it("does not try twice with a password of the admin that Harbor refuses", async () => {
    failed(
      await run({ passwords: { admin: "Wrong-password-1" } }),
      "Harbor refuses admin; set its password there as the Secret harbor-admin in the namespace harbor has it",
    );
    assert.equal(harbor.requests.length, 1);
  });

  it("does not try twice what Harbor forbids or does not know", async () => {
    for (const status of [400, 403, 404]) {
      harbor.requests.length = 0;
      // The first request asks for the project, which may well be unknown.
      harbor.mishaps.push("none", status);
      failed(await run(), `Harbor answers ${status} to POST /api/v2.0/projects: a mishap`);
      assert.equal(harbor.requests.length, 2);
    }
  });

  it("settles with another run of the same moment", async () => {
    harbor.together = 2;
    const both = await Promise.all([run(), run()]);
    for (const { code, complaint } of both) assert.deepEqual({ code, complaint }, { code: 0, complaint: "" });
    const { projects, robots } = harbor.api;
    assert.deepEqual([projects.all.length, projects.policies.size, robots.all.length], [1, 1, 1]);
    assert.ok(harbor.api.robots.login("robot$shop+ci", robotPassword));
    harbor.together = 1;
    succeeded(await run(), afterSecond);
  });

  it("refuses a proxy cache of that name, and a Harbor that names robot accounts otherwise", async () => {
    harbor.api.projects.create("shop", {}, 1);
    failed(await run(), "shop is a proxy cache in Harbor; remove it there");
    const other = new HarborStandIn(adminPassword);
    other.api.robots.prefix = "bot_";
    const expected = "Harbor calls the robot account bot_shop+ci, not robot$shop+ci; set its robot name prefix back";
    failed(await run({ url: await other.listen("127.0.0.1") }), expected);
    await other.close();
  });

  it("notices that it talks to something else", async () => {
    const page = createServer((_, response) => response.end("<html>Welcome</html>"));
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    const address = page.address();
    const at = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    failed(await run({ url: at }), `it is not Harbor that answers GET /api/v2.0/projects/shop at ${at}`);
    page.close();
  });

  it("names the variable or the file that is missing", async () => {
    failed(await run({ environment: { HARBOR_URL: "" } }), "HARBOR_URL is not set");
    failed(
      await run({ environment: { ADMIN_PASSWORD_FILE: "/nowhere" } }),
      /no such file or directory, open '\/nowhere'$/,
    );
    failed(await run({ passwords: { admin: "\n" } }), "the file that ADMIN_PASSWORD_FILE names is empty");
    assert.deepEqual(harbor.requests, []);
  });
});

/** Harbor may have made a thing twice or in another order: its numbers do not matter. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"(id|secret)":("[^"]*"|\d+)/g, '"$1":0'));
}
