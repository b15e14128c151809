import assert from "node:assert/strict";
import { isJsonObject, type JsonObject } from "../../../model/json";
import { buildName } from "../../../model/names";
import { webhookPath } from "../../../model/repository-names";
import { at } from "../../support/at";
import { PushChain } from "../../support/push/push-chain";
import { commit, pushOf, recordedRepository } from "../../support/push/recorded-pushes";
import { someProject } from "../../support/some-project";

const { owner, repo } = recordedRepository;
const application = { name: "api", port: 8080, git: { type: "github", owner, repo, branch: "main" } };
const pushedAt = 1_700_003_000;

/** A forced push, at a time of our own. */
function forcedPush(changes: JsonObject = {}): JsonObject {
  const { repository = null } = pushOf();
  const fields = isJsonObject(repository) ? repository : {};
  return pushOf({ forced: true, repository: { ...fields, pushed_at: pushedAt }, ...changes });
}

describe("forced push", () => {
  const chain = new PushChain([someProject({ applications: [application] })]);
  const made = (push: JsonObject) =>
    chain.signed(webhookPath("shop", owner, repo), "push", push).workflows.map((one) => at(one, "metadata", "name"));

  it("builds a commit again that it leads back to, and once however often GitHub tells of it", () => {
    const again = `${buildName("api", commit)}-${pushedAt}`;
    assert.deepEqual([made(forcedPush()), made(forcedPush())], [[again], [again]]);
  });

  it("is no new one when a sweep tells of the commit", () => {
    assert.deepEqual(made(forcedPush({ sweep: { application: "api" } })), [buildName("api", commit)]);
  });

  it("has a name that a label can hold, however long that of the application is", () => {
    const name = "a".repeat(30);
    const long = new PushChain([someProject({ applications: [{ ...application, name }] })]);
    const push = forcedPush({ repository: { full_name: `${owner}/${repo}`, pushed_at: 999_999_999_999 } });
    const [workflow] = long.signed(webhookPath("shop", owner, repo), "push", push).workflows;
    assert.equal(at(workflow, "metadata", "name"), `${buildName(name, commit)}-999999999999`);
    assert.ok(String(at(workflow, "metadata", "name")).length <= 63);
  });
});
