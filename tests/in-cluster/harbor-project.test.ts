import assert from "node:assert/strict";
import { registryState } from "../../plan/projects/registry-state";
import { afterFirst, afterSecond, changedAlone, picture, pinnedAt, succeeded } from "../support/harbor/outcomes";
import { HarborStandIn } from "../support/harbor/stand-in";
import { adminPassword, robotPassword, setUp, type SetUpArgs } from "../support/harbor/set-up";
import { someProject } from "../support/some-project";

const [older, newer] = ["a", "b"].map((digit) => digit.repeat(40));

describe("program harbor-project", () => {
  let harbor: HarborStandIn;
  let url: string;

  beforeEach(async () => {
    harbor = new HarborStandIn(adminPassword);
    url = await harbor.listen("127.0.0.1");
  });

  afterEach(() => harbor.close());

  const run = (args: Partial<SetUpArgs> = {}) => setUp({ project: pinnedAt(older), url, ...args });

  it("makes everything, and its second run finds nothing to do and writes nothing", async () => {
    succeeded(await run(), afterFirst);
    const after = picture(harbor);
    const { length } = harbor.writes;
    succeeded(await run(), afterSecond);
    assert.equal(harbor.writes.length, length);
    assert.deepEqual(picture(harbor), after);
  });

  it("T33: the robot account pulls and pushes in its own project, for ever, and may do nothing else", async () => {
    await run();
    const [robot, ...others] = harbor.api.robots.all;
    assert.deepEqual(others, []);
    assert.equal(harbor.api.robots.login("robot$shop+ci", robotPassword), robot);
    assert.deepEqual([robot?.body.level, robot?.body.duration], ["project", -1]);
    const right = (action: string) => ({ resource: "repository", action, effect: "allow" });
    assert.deepEqual(robot?.body.permissions, [
      { kind: "project", namespace: "shop", access: [right("pull"), right("push")] },
    ]);
  });

  it("T35: closes the project, limits what it may take, and lets go of what is old", async () => {
    await run();
    const [project] = harbor.api.projects.all;
    const { storage, retention, garbageCollection } = registryState(pinnedAt(older));
    assert.deepEqual([project?.metadata["public"], project?.storage], ["false", storage]);
    const policy = harbor.api.projects.policies.get(Number(project?.metadata["retention_id"]));
    assert.equal(policy?.trigger.settings["cron"], retention.trigger.settings.cron);
    assert.deepEqual(policy.scope, { level: "project", ref: project?.id });
    assert.equal(policy.rules.length, retention.rules.length);
    assert.deepEqual(harbor.api.schedule, garbageCollection);
  });

  it("gives the robot account a new password, and changes nothing else", async () => {
    await run();
    const { length } = harbor.writes;
    const passwords = { robot: "Another-password-2" };
    succeeded(await run({ passwords }), ["unchanged", "unchanged", "changed", "unchanged", "unchanged"]);
    assert.deepEqual(
      harbor.writes.slice(length).map(({ method, path }) => `${method} ${path}`),
      ["PATCH /api/v2.0/robots/1"],
    );
    assert.equal(harbor.api.robots.login("robot$shop+ci", robotPassword), undefined);
    assert.ok(harbor.api.robots.login("robot$shop+ci", "Another-password-2"));
    succeeded(await run({ passwords }), afterSecond);
  });

  it("retains the commit that is pinned now in the place of the former one", async () => {
    await run();
    succeeded(await run({ project: pinnedAt(newer) }), changedAlone("retention"));
    const text = JSON.stringify([...harbor.api.projects.policies.values()]);
    assert.match(text, /b{40}/);
    assert.doesNotMatch(text, /a{40}/);
    succeeded(await run({ project: someProject() }), changedAlone("retention"));
    assert.doesNotMatch(JSON.stringify([...harbor.api.projects.policies.values()]), /"always"/);
  });

  it("sets back what somebody has changed", async () => {
    await run();
    const { projects, robots } = harbor.api;
    const before = picture(harbor);
    projects.update(1, { public: "true" });
    projects.setQuota(101, { storage: 5 });
    const [robot] = robots.all;
    const [policy] = projects.policies.values();
    assert.ok(robot && policy);
    const right = { resource: "repository", action: "delete", effect: "allow" };
    const permissions = [{ kind: "project", namespace: "shop", access: [right] }];
    robots.update(1, { ...robot.body, name: "robot$shop+ci", duration: 30, disable: true, permissions });
    const rules = policy.rules.map((rule) => ({ ...rule, params: { ...rule.params, latestPushedK: 1 } }));
    projects.updatePolicy(1, { ...policy, rules, trigger: { kind: "Schedule", settings: { cron: "0 0 0 1 1 *" } } });
    succeeded(await run(), ["changed", "changed", "changed", "changed", "unchanged"]);
    assert.deepEqual(picture(harbor), before);
    succeeded(await run(), afterSecond);
  });

  it("leaves alone what is not its own: projects, robot accounts, rules of retention and a schedule", async () => {
    const { projects, robots } = harbor.api;
    projects.create("library", { public: "true" });
    projects.create("shop", {});
    const [library, shop] = projects.all;
    assert.ok(library && shop);
    const permissions = [
      { kind: "project", namespace: "shop", access: [{ resource: "tag", action: "list", effect: "" }] },
    ];
    const reader = { name: "my-ci", description: "", level: "project", disable: false, duration: 7, permissions };
    robots.create(reader, shop);
    const selector = { kind: "doublestar", pattern: "v*", extras: "" };
    const rule = {
      ...{ action: "retain", template: "always", disabled: false, params: {} },
      tag_selectors: [{ ...selector, decoration: "matches" }],
      scope_selectors: { repository: [{ ...selector, decoration: "repoMatches", pattern: "**" }] },
    };
    projects.createPolicy({
      algorithm: "or",
      rules: [rule],
      trigger: { kind: "Schedule", settings: { cron: "0 0 0 * * *" } },
      scope: { level: "project", ref: 2 },
    });
    const schedule = { schedule: { type: "Weekly" as const, cron: "0 0 0 * * 0" } };
    harbor.api.schedule = schedule;
    const [myRobot] = robots.all;
    succeeded(await run(), ["unchanged", "changed", "created", "changed", "unchanged"]);
    succeeded(await run(), afterSecond);
    assert.deepEqual(projects.all[0], library);
    assert.deepEqual(robots.all[0], myRobot);
    assert.deepEqual(projects.policies.get(1)?.rules.at(-1), rule);
    assert.equal(projects.policies.size, 1);
    assert.equal(harbor.api.schedule, schedule);
    assert.deepEqual(
      harbor.requests.filter(({ method }) => method === "DELETE"),
      [],
    );
  });
});
