import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SweptApplication } from "../../plan/projects/builds/sweep-list";
import { EventSourceStandIn } from "../support/sweep/event-source-stand-in";
import { RegistryStandIn, robot } from "../support/sweep/registry-stand-in";
import { sendPushes, sweepFolder, webhookSecret } from "../support/sweep/run-sweep";

const [older, newer, newest] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)] as const;
const asked = 1_767_225_600;
const keys = new Map([["/push/shop/myorg/my-api", webhookSecret("myorg.my-api")]]);

describe("program sweep", () => {
  let registry: RegistryStandIn;
  let eventSource: EventSourceStandIn;
  const folders: string[] = [];

  beforeEach(async () => {
    registry = new RegistryStandIn();
    eventSource = new EventSourceStandIn((path) => keys.get(path));
    await Promise.all([registry.listen(), eventSource.listen()]);
  });

  afterEach(async () => {
    await Promise.all([registry.close(), eventSource.close()]);
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** Each line of `found` is an application, and what the first program writes of it with commas between commits. */
  const run = async (found: readonly string[], given: Partial<SweptApplication> = {}) => {
    const folder = sweepFolder(found.map((line) => application(line.split(" ")[0] ?? "", given)));
    folders.push(folder);
    const heads = found.map((line) => line.split(" ").join("\t").replaceAll(",", " "));
    writeFileSync(join(folder, "work", "heads"), heads.map((line) => `${line}\n`).join(""));
    writeFileSync(join(folder, "work", "asked"), `${asked}\n`);
    const auths = { [new URL(registry.address).host]: robot };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ auths }));
    return sendPushes(folder, { REGISTRY_URL: registry.address, EVENT_SOURCE_URL: eventSource.address });
  };

  it("sends nothing when the head has an image", async () => {
    registry.tags.set("shop/api", [older, newer, "latest"]);
    const { code, out, err } = await run([`api commits ${newer} ${newer}`]);
    assert.deepEqual([code, out, err], [0, ["api: bbbbbbb is built"], ""]);
    assert.deepEqual(eventSource.delivered, []);
  });

  it("sends one signed push for a head that has none, as of the time before it was found", async () => {
    registry.tags.set("shop/api", [older]);
    const { code, out } = await run([`api commits ${newer} ${newer}`]);
    assert.deepEqual([code, out], [0, ["api: bbbbbbb has no image: its push was sent again"]]);
    const push = {
      ref: "refs/heads/main",
      before: "0".repeat(40),
      after: newer,
      created: false,
      deleted: false,
      forced: true,
      repository: { full_name: "MyOrg/My-Api", pushed_at: asked },
      pusher: { name: "sweep" },
      commits: [],
      head_commit: { id: newer, added: [], removed: [], modified: [] },
      sweep: { application: "api" },
      "X-GitHub-Event": "push",
    };
    assert.deepEqual(eventSource.delivered, [{ path: "/push/shop/myorg/my-api", body: push }]);
  });

  it("takes a repository that the registry does not know for one without an image", async () => {
    const { code } = await run([`api commits ${newer} ${newer}`]);
    assert.deepEqual([code, eventSource.delivered.length], [0, 1]);
  });

  it("sends nothing when an older commit has the same content of the paths", async () => {
    registry.tags.set("shop/api", [older]);
    const built = await run([`api commits ${newest} ${newest},${newer},${older}`]);
    assert.deepEqual([built.code, built.out], [0, ["api: ccccccc is built"]]);
    assert.equal(eventSource.delivered.length, 0);
    await run([`api commits ${newest} ${newest},${newer}`]);
    assert.equal(eventSource.delivered[0]?.body.after, newest);
  });

  it("reads every page of tags", async () => {
    const many = Array.from({ length: 25 }, (_, index) => String(index).padStart(40, "0"));
    registry.tags.set("shop/api", [...many, newer]);
    registry.pageSize = 10;
    assert.deepEqual((await run([`api commits ${newer} ${newer}`])).out, ["api: bbbbbbb is built"]);
    assert.equal(registry.asked.filter((path) => path.endsWith("/tags/list")).length, 6);
  });

  it("accepts a registry that wants the password itself", async () => {
    registry.challenge = "basic";
    registry.tags.set("shop/api", [newer]);
    assert.deepEqual((await run([`api commits ${newer} ${newer}`])).out, ["api: bbbbbbb is built"]);
  });

  it("says what there is nothing to do about, and succeeds", async () => {
    const { code, out } = await run(["api no-branch", "web no-change"]);
    assert.deepEqual([code, registry.asked], [0, []]);
    assert.deepEqual(out, ["api: MyOrg/My-Api has no branch main", "web: nothing on main touches its paths"]);
  });

  it("fails for a repository that could not be read, and does the others", async () => {
    const { code, out, err } = await run(["api unreachable", `web commits ${newer} ${newer}`, "lost"]);
    assert.deepEqual([code, out.length, eventSource.delivered.length], [1, 1, 1]);
    assert.deepEqual(err.split("\n"), [
      "api: MyOrg/My-Api could not be read; the log of the container `heads` says why",
      "lost: MyOrg/My-Api could not be read; the log of the container `heads` says why",
    ]);
  });

  const two = [`api commits ${newer} ${newer}`, `web commits ${newer} ${newer}`];

  it("sends nothing without the registry's word", async () => {
    const wrong: readonly (readonly [number, string])[] = [
      ...[404, 200, 302, 418].map((status) => [status, "404 page not found"] as const),
      [404, '{"errors": [{"code": "DENIED"}]}'],
      [200, '{"tags": "none"}'],
      [200, "{}"],
      ...[500, 502, 429].map((status) => [status, ""] as const),
    ];
    for (const [status, body] of wrong) {
      registry.instead = { status, body };
      const { code, out, err } = await run(two);
      assert.deepEqual([code, out, err.split("\n").length], [75, [], 1], `${status} ${body}`);
      assert.match(err, new RegExp(`${status}.*; look at `));
    }
    assert.deepEqual(eventSource.delivered, []);
  });

  it("says in one sentence that the registry is away, refuses the account or wants it sent elsewhere", async () => {
    registry.challenge = "foreign";
    assert.match((await run(two)).err, /^the registry wants the password sent to http:\/\/127\.0\.0\.2:1; look at /);
    registry.instead = { status: 401, body: "" };
    assert.match(
      (await run(two)).err,
      /^api: the registry lets nobody read shop\/api; .*\nweb: the registry lets nobody read/,
    );
    await registry.close();
    const away = await run(two);
    assert.equal(away.code, 75);
    assert.match(away.err, /^the registry cannot be reached at http:\S+: connect ECONNREFUSED \S+$/);
    assert.deepEqual(eventSource.delivered, []);
  });

  it("says in one sentence that the event source is away, and stops", async () => {
    eventSource.instead = { status: 500, body: "failed to record event" };
    assert.deepEqual((await run(two)).err, "the event source answers 500; look at the event bus");
    await eventSource.close();
    const { code, err } = await run(two);
    assert.equal(code, 75);
    assert.match(err, /^the event source cannot be reached at http:\S+: connect ECONNREFUSED \S+$/);
  });

  it("T04: is let in by the key of the very repository, and goes on when one is refused", async () => {
    const { code, err, out } = await run([`api commits ${newer} ${newer}`], { key: "myorg.other" });
    assert.deepEqual([code, out], [1, []]);
    assert.equal(err, "api: the event source answers 400 to /push/shop/myorg/my-api: payload signature check failed");
    assert.match((await run(two, { endpoint: "/push/blog/myorg/my-api" })).err, /^api: .* 404 .*\nweb: .* 404 /);
    assert.deepEqual(eventSource.delivered, []);
  });

  it("shows no password, key or token, whatever it complains of", async () => {
    const secrets = [webhookSecret("myorg.my-api"), robot.password];
    eventSource.instead = { status: 418, body: secrets.join() };
    const { err } = await run(two);
    assert.match(err, /answers 418 to \S+: \*\*\*,\*\*\*\n/);
    for (const text of [...secrets, "token of"]) assert.ok(!err.includes(text), text);
  });

  it("keeps names for names in what it sends", async () => {
    const branch = `"},"ref":"refs/heads/main$(x)\\u0000'é`;
    await run([`api commits ${newer} ${newer}`], { branch });
    assert.deepEqual(
      eventSource.delivered.map(({ body }) => body.ref),
      [`refs/heads/${branch}`],
    );
  });

  it("looks at 30 applications, and sends for those without an image alone", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `app-${index}`);
    for (const name of names.slice(0, 28)) registry.tags.set(`shop/${name}`, [newer]);
    const { code, out } = await run(names.map((name) => `${name} commits ${newer} ${newer}`));
    assert.deepEqual([code, out.length], [0, 30]);
    assert.deepEqual(
      eventSource.delivered.map(({ body }) => body.sweep),
      names.slice(28).map((application) => ({ application })),
    );
  });
});

function application(name: string, given: Partial<SweptApplication>): SweptApplication {
  return {
    ...{ application: name, key: "myorg.my-api", address: "ssh://git@github.com/MyOrg/My-Api.git" },
    ...{ repository: "MyOrg/My-Api", endpoint: "/push/shop/myorg/my-api", image: `shop/${name}`, branch: "main" },
    paths: [],
    ...given,
  };
}
