import assert from "node:assert/strict";
import fc from "fast-check";
import { imageRepositoryPath } from "../../../model/names";
import { registryState, retained as kept } from "../../../plan/projects/registry-state";
import { bodies } from "../../support/harbor/bodies";
import { type Artifact, retained } from "../../support/harbor/retention";
import { someProject } from "../../support/some-project";

const pin = "a".repeat(40);

describe("state of a project in Harbor", () => {
  it("T35: retains the newest images, and the layers that builds reuse, in each repository by itself", () => {
    const artifacts = ["api", "web", "cache", "api/cache"].flatMap((repository) => series(repository, 60));
    const after = retainedOf(projectWith(null), artifacts);
    const count = (repository: string) => after.filter((artifact) => artifact.repository === repository).length;
    assert.deepEqual(["api", "web", "cache", "api/cache"].map(count), [
      ...[kept.images, kept.images, kept.images],
      kept.cachedLayers,
    ]);
    assert.ok(after.every(({ pushed }) => pushed >= 60 - kept.cachedLayers));
  });

  it("T35: retains an image whose tag has moved on, and no cache that nothing names any more", () => {
    const moved = { repository: "api", tags: [], pushed: 2 };
    const tagged = { repository: "api/cache", tags: ["build"], pushed: 1 };
    const after = retainedOf(projectWith(null), [moved, { ...moved, repository: "api/cache" }, tagged]);
    assert.deepEqual(after, [moved, tagged]);
  });

  it("retains the commits that applications are held at, however many are pushed after them", () => {
    const other = "b".repeat(40);
    const old = [pin, other].map((tag) => ({ repository: "api", tags: [tag], pushed: -1 }));
    const artifacts = [...old, ...series("api", 30)];
    assert.ok(retainedOf(projectWith(null), artifacts).every(({ pushed }) => pushed >= 0));
    assert.deepEqual(
      retainedOf(projectWith(pin), artifacts).filter(({ pushed }) => pushed < 0),
      [old[0]],
    );
    const both = retainedOf(projectWith(pin, other), artifacts);
    assert.deepEqual(
      both.filter(({ pushed }) => pushed < 0),
      old,
    );
    assert.equal(both.length, kept.images + 2);
  });

  it("is the same whatever the order of the applications", () => {
    assert.deepEqual(registryState(projectWith(pin, "b".repeat(40))), registryState(projectWith("b".repeat(40), pin)));
  });

  it("never exceeds the rules that Harbor takes, nor writes one twice", () => {
    const hash = fc.stringMatching(/^[1-9a-f][0-9a-f]{39}$/);
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 40 }), (hashes) => {
        const { rules } = registryState(projectWith(...hashes, ...hashes)).retention;
        assert.ok(rules.length <= 15);
        assert.equal(new Set(rules.map((rule) => JSON.stringify(rule))).size, rules.length);
      }),
      { numRuns: 30 },
    );
  });

  it("T33: gives the robot account pull and push in its own project", () => {
    const { project, robot, robotUser } = registryState(someProject({}, "shop-2"));
    assert.deepEqual([project, robotUser], ["shop-2", "robot$shop-2+ci"]);
    assert.deepEqual(
      robot.permissions.map(({ kind, namespace }) => [kind, namespace]),
      [["project", "shop-2"]],
    );
    const rights = robot.permissions.flatMap(({ access }) =>
      access.map(({ resource, action }) => `${resource}:${action}`),
    );
    assert.deepEqual(rights, ["repository:pull", "repository:push"]);
    assert.equal(imageRepositoryPath("shop-2", "api").split("/")[0], project);
  });
});

function projectWith(...hashes: readonly (string | null)[]) {
  const applications = hashes.map((hash, index) => ({
    ...{ name: `app-${index}`, port: 8080 },
    git: { type: "github", owner: "myorg", repo: `my-${index}`, ...(hash === null ? {} : { hash }) },
  }));
  return someProject({ applications });
}

function series(repository: string, count: number): readonly Artifact[] {
  return Array.from({ length: count }, (_, pushed) => ({ repository, tags: [`${repository}-${pushed}`], pushed }));
}

function retainedOf(project: ReturnType<typeof projectWith>, artifacts: readonly Artifact[]): readonly Artifact[] {
  const { retention } = registryState(project);
  return retained(bodies.retention.parse({ ...retention, scope: { level: "project", ref: 1 } }), artifacts);
}
