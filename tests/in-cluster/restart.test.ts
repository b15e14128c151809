import assert from "node:assert/strict";
import { programs } from "../../plan/program-files";
import { at } from "../support/at";
import { commitOf } from "../support/releases/gitops-run";
import { runRelease } from "../support/releases/module-run";
import { RecordedService } from "../support/releases/recorded-service";

const token = "canary.of.the-account";
const release = { PROJECT: "shop", APPLICATION: "api", COMMIT: commitOf("1"), PINNED: "" };

describe("program restart", () => {
  const kubernetes = new RecordedService(200);
  let url = "";

  before(async () => {
    url = await kubernetes.listen();
  });

  beforeEach(() => {
    kubernetes.calls.length = 0;
    kubernetes.answers.length = 0;
  });

  after(() => kubernetes.close());

  const run = (changes: Readonly<Record<string, string>> = {}) =>
    runRelease(programs.restart, { ...release, KUBERNETES_URL: url, ...changes }, token);

  it("changes the annotations of the one Deployment's pods, as `kubectl rollout restart` does, and nothing else", async () => {
    const { code, outcome, description, err } = await run();
    assert.deepEqual([code, outcome, err], [0, "restarted", ""]);
    assert.equal(description, "the pods start anew, one at a time");
    const [call, ...others] = kubernetes.calls;
    assert.deepEqual(others, []);
    const path = "/apis/apps/v1/namespaces/shop/deployments/api?fieldManager=idp-releases";
    assert.deepEqual([call?.method, call?.path], ["PATCH", path]);
    assert.equal(call?.headers["content-type"], "application/strategic-merge-patch+json");
    assert.equal(call.headers["authorization"], `Bearer ${token}`);
    const body: unknown = JSON.parse(call.body);
    const annotations = at(body, "spec", "template", "metadata", "annotations");
    const time = String(at(annotations, "kubectl.kubernetes.io/restartedAt"));
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000, time);
    const expected = { "kubectl.kubernetes.io/restartedAt": time, "idp/commit": commitOf("1") };
    assert.deepEqual(body, { spec: { template: { metadata: { annotations: expected } } } });
  });

  it("leaves the first pods to Argo CD", async () => {
    kubernetes.answers.push([404]);
    const { code, outcome, description } = await run();
    assert.deepEqual([code, outcome, description], [0, "released", "released; Argo CD makes its first pods"]);
  });

  it("starts nothing of an application that the project's file holds at a commit", async () => {
    for (const PINNED of [commitOf("1"), commitOf("2")]) {
      const { code, outcome } = await run({ PINNED });
      assert.deepEqual([code, outcome, kubernetes.calls.length], [0, "pinned", 0]);
    }
  });

  it("tries again where the API server cannot answer now, and leaves it for later where it stays away", async () => {
    kubernetes.answers.push([503], [429], "cut");
    assert.deepEqual([(await run()).outcome, kubernetes.calls.length], ["restarted", 4]);
    assert.equal((await run({ KUBERNETES_URL: "http://127.0.0.1:1" })).code, 75);
  });

  for (const [status, reason] of [
    [401, /does not let it; `pulumi up` of the projects stack gives it the right$/],
    [403, /does not let it/],
    [422, /answers 422: no/],
  ] as const)
    it(`says what a person can do about ${status}, and shows no token`, async () => {
      kubernetes.answers.push([status, "no"]);
      const { code, outcome, out, err, sentence } = await run();
      assert.deepEqual([code, outcome, kubernetes.calls.length], [1, undefined, 1]);
      assert.match(sentence, reason);
      assert.ok(!`${out}${err}`.includes(token));
    });

  const hostile = ["", "../x", "a/b", "a\nb", "$(id)", "a?b", "A", "x".repeat(41)];
  for (const name of ["PROJECT", "APPLICATION", "COMMIT", "PINNED"])
    it(`T30: takes no ${name} that has not its form`, async () => {
      const values = hostile.filter((text) => name !== "PINNED" || text !== "");
      for (const { code, sentence } of await Promise.all(values.map((value) => run({ [name]: value })))) {
        assert.equal(code, 1);
        assert.match(sentence, /has not the form that it must have$/);
      }
      assert.deepEqual(kubernetes.calls, []);
    });
});
