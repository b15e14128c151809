import assert from "node:assert/strict";
import { programs } from "../../plan/program-files";
import { commitOf, digestOf } from "../support/releases/gitops-run";
import { runRelease } from "../support/releases/module-run";
import { RecordedService } from "../support/releases/recorded-service";

const token = "github_pat_canary";

const release = {
  ...{ GITOPS_OWNER: "myorg", GITOPS_REPOSITORY: "projects-gitops", PROJECT: "shop", APPLICATION: "api" },
  ...{ IMAGE: "harbor.lab.example/shop/api", DIGEST: digestOf("a"), COMMIT: commitOf("1") },
  ...{ PUSHED: "1700000000", PINNED: "" },
};

describe("program dispatch", () => {
  const gitHub = new RecordedService(204);
  let url = "";

  before(async () => {
    url = await gitHub.listen();
  });

  beforeEach(() => {
    gitHub.calls.length = 0;
    gitHub.answers.length = 0;
  });

  after(() => gitHub.close());

  const run = (changes: Readonly<Record<string, string>> = {}, given = `${token}\n`) =>
    runRelease(programs.dispatch, { ...release, GITHUB_API: url, ...changes }, given);

  it("asks GitHub for the workflow, with the release as data, and says so", async () => {
    const { code, outcome, description, err } = await run();
    assert.deepEqual([code, outcome, err], [0, "dispatched", ""]);
    assert.equal(description, "handed over to GitHub Actions of myorg/projects-gitops");
    const [call, ...others] = gitHub.calls;
    assert.deepEqual([call?.method, call?.path, others], ["POST", "/repos/myorg/projects-gitops/dispatches", []]);
    assert.equal(call?.headers["authorization"], `Bearer ${token}`);
    assert.deepEqual(JSON.parse(call.body), {
      event_type: "release",
      client_payload: {
        project: "shop",
        application: "api",
        image: "harbor.lab.example/shop/api",
        digest: digestOf("a"),
        commit: commitOf("1"),
        pushed: "1700000000",
        pinned: "",
      },
    });
  });

  it("asks for nothing that the project's file holds at another commit", async () => {
    const { code, outcome, description } = await run({ PINNED: commitOf("2") });
    assert.deepEqual([code, outcome], [0, "pinned"]);
    assert.match(description ?? "", /holds the application at 2222222$/);
    assert.deepEqual(gitHub.calls, []);
    assert.equal((await run({ PINNED: commitOf("1") })).outcome, "dispatched");
  });

  for (const answers of [[500, 503], [429], ["cut"], [403]] as const)
    it(`tries again where GitHub cannot answer now (${answers.join(", ")})`, async () => {
      for (const answer of answers)
        gitHub.answers.push(answer === "cut" ? answer : [answer, '{"message":"API rate limit exceeded"}']);
      assert.deepEqual((await run()).code, 0);
      assert.equal(gitHub.calls.length, answers.length + 1);
    });

  it("leaves it for later where GitHub stays away", async () => {
    gitHub.answers.push([500], [500], [500], [500]);
    const { code, outcome, sentence } = await run();
    assert.deepEqual([code, outcome, gitHub.calls.length], [75, undefined, 4]);
    assert.match(sentence, /GitHub answers 500/);
    assert.equal((await run({ GITHUB_API: "http://127.0.0.1:1" })).code, 75);
  });

  for (const [status, reason] of [
    [401, /refuses the token; set idp:githubDispatchToken anew/],
    [403, /may not write the contents of myorg\/projects-gitops; give it Contents \(read and write\)/],
    [404, /may not write the contents of myorg\/projects-gitops/],
    [422, /GitHub answers 422: No \[31m event$/],
    [301, /GitHub answers 301/],
  ] as const)
    it(`T31: says what a person can do about ${status}, shows no token, and sends it nowhere else`, async () => {
      gitHub.answers.push([status, "No\u001b[31m\nevent", { location: `${url}/elsewhere` }]);
      const { code, outcome, out, err, sentence } = await run();
      assert.deepEqual([code, outcome, gitHub.calls.length], [1, undefined, 1]);
      assert.match(sentence, reason);
      assert.ok(!`${out}${err}`.includes(token));
    });

  it("names the key of the configuration where there is no token", async () => {
    for (const given of ["", "  \n", "two words"]) {
      const { code, sentence } = await run({}, given);
      assert.deepEqual([code, gitHub.calls.length], [1, 0]);
      assert.match(sentence, /set idp:githubDispatchToken$/);
    }
    assert.equal((await run({ TOKEN_FILE: "/nowhere" })).code, 1);
  });

  const hostile = ["", " ", "../x", "a\nb", "$(id)", '"', "a;b", "A", "x".repeat(41), "-x", "0".repeat(40), "1e9"];
  for (const name of ["PROJECT", "APPLICATION", "IMAGE", "DIGEST", "COMMIT", "PUSHED", "PINNED"] as const)
    it(`T30: hands over no ${name} that has not its form`, async () => {
      const values = hostile.filter((value) => !(name === "PINNED" && (value === "" || value === "0".repeat(40))));
      for (const { code, outcome, sentence } of await Promise.all(values.map((value) => run({ [name]: value })))) {
        assert.deepEqual([code, outcome], [1, undefined]);
        assert.match(sentence, /has not the form that it must have|IMAGE is that of another application/);
      }
      assert.deepEqual(gitHub.calls, []);
    });
});
