import assert from "node:assert/strict";
import { differencePlans } from "../../plan/difference";
import { planProject } from "../../plan/projects/project";
import { aCluster, aProjectsStack } from "../support/plans";
import { someCluster, someProject } from "../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };

function changes(before: object, after: object) {
  const [old, now] = [before, after].map((build) => {
    const project = someProject({ applications: [{ name: "api", git, port: 8080, build }] });
    return aCluster(aProjectsStack(planProject(project, someCluster)));
  });
  assert.ok(old && now);
  return differencePlans(old, now);
}

/** What is said of the build's arguments. */
function argumentChanges(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const fields = changes({ args: before }, { args: after }).flatMap((change) => change.fields);
  return fields.map(({ path, before: old, after: now }) => [path.split(".value.").at(-1), old, now]);
}

describe("difference of two builds", () => {
  it("shows each build argument by its name and its text", () => {
    assert.deepEqual(argumentChanges({ VERSION: "1", NAME: "é {{x}}" }, { VERSION: "2", NAME: "é {{x}}" }), [
      ["VERSION", "1", "2"],
    ]);
    assert.deepEqual(argumentChanges({ A: "" }, { A: "", B: "b c\nd" }), [["B", undefined, "b c\nd"]]);
    assert.deepEqual(argumentChanges({}, { B: "b" }), [["B", undefined, "b"]]);
  });

  it("shows no argument that looks like a secret", () => {
    const [change, ...others] = argumentChanges({ NPM_TOKEN: "hunter2" }, { NPM_TOKEN: "hunter3" });
    assert.deepEqual(others, []);
    assert.equal(change?.[0], "NPM_TOKEN");
    assert.doesNotMatch(JSON.stringify(change), /hunter/);
  });

  it("says that the key stays with which nothing is signed any more", () => {
    const removed = changes({ sign: true }, {}).filter(({ type }) => type === "vault-signing-key");
    assert.deepEqual(
      removed.map(({ change, dataLoss, warnings }) => ({ change, dataLoss, warnings })),
      [
        {
          ...{ change: "removed", dataLoss: [] },
          warnings: [
            "the key shop stays in Vault, so that what it has signed can still be verified; it signs again once an application " +
              "of the project has `sign: true`",
          ],
        },
      ],
    );
  });
});
