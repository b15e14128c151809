import assert from "node:assert/strict";
import fc from "fast-check";
import { movingTag, unreleasedTag } from "../../model/delivery-names";
import { gitBranch } from "../../model/git-scalars";

describe("tag that moves with a branch", () => {
  const branch = fc
    .oneof(
      fc.constantFrom("main", "a-b", "a_b", "a/b", "a_2f_b", "a.b", "käse", "a/b/c", "feature/login"),
      fc.string({ minLength: 1, maxLength: 300 }),
      fc.stringMatching(/^[a-z_/.-]{1,200}$/),
    )
    .filter((text) => gitBranch.safeParse(text).success);

  it("is readable where a branch is", () => {
    assert.deepEqual(["main", "release-1.2", "feature/login"].map(movingTag), [
      "branch-main",
      "branch-release-1.2",
      "branch-feature_2f_login",
    ]);
  });

  it("is a tag of a registry, and none of a commit or of what is not released", () => {
    fc.assert(
      fc.property(branch, (name) => {
        const tag = movingTag(name);
        assert.match(tag, /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/);
        // What in-cluster/release.sh takes for one.
        assert.match(tag, /^branch-[A-Za-z0-9._-]+$/);
        assert.notEqual(tag, unreleasedTag);
        assert.doesNotMatch(tag, /^[0-9a-f]{40}$/);
      }),
    );
  });

  it("T07: is another one for every branch", () => {
    fc.assert(
      fc.property(branch, branch, (one, other) => {
        fc.pre(one !== other);
        assert.notEqual(movingTag(one), movingTag(other));
      }),
    );
    const long = "x".repeat(200);
    assert.notEqual(movingTag(long), movingTag(`${long}y`));
    assert.equal(movingTag(long).length, 128);
  });
});
