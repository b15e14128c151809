import assert from "node:assert/strict";
import fc from "fast-check";
import { maxNameLength, reservedProjectNames } from "../../model/names";
import { projectName } from "../../model/project-scalars";
import {
  gitOpsComponentName,
  ownerName,
  releaseNamespace,
  repositoryName,
  rulesetName,
  webhookPath,
  webhookSecretName,
} from "../../model/repository-names";

const slug = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,9}$/);
const owner = fc.stringMatching(/^[A-Za-z0-9](-?[A-Za-z0-9]){0,9}$/);
/** Names that joining by a dot could confuse. */
const repository = fc.stringMatching(/^[A-Za-z0-9]([._-]?[A-Za-z0-9]){0,9}$/);

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

describe("names of repositories", () => {
  it("T07: a repository has a name of its own, in whatever letters it is written", () => {
    fc.assert(
      fc.property(owner, owner, repository, repository, (ownerA, ownerB, a, b) => {
        const name = repositoryName(ownerA, a);
        assert.equal(name === repositoryName(ownerB, b), isSame(ownerA, ownerB) && isSame(a, b));
        assert.equal(name, repositoryName(ownerA.toUpperCase(), a.toUpperCase()));
        assert.match(name, /^[-._a-z0-9]+$/);
      }),
    );
    // Keys of Secrets have at most 253 characters. Source: https://kubernetes.io/docs/concepts/configuration/secret/
    assert.ok(repositoryName("o".repeat(39), "r".repeat(100)).length <= 253);
    assert.notEqual(repositoryName("a", "b.c"), repositoryName("a-b", "c"));
  });

  it("T07: a webhook has a path of its own for each project and repository", () => {
    fc.assert(
      fc.property(slug, slug, owner, owner, repository, repository, (projectA, projectB, ownerA, ownerB, a, b) => {
        const path = webhookPath(projectA, ownerA, a);
        const same = projectA === projectB && isSame(ownerA, ownerB) && isSame(a, b);
        assert.equal(path === webhookPath(projectB, ownerB, b), same);
        assert.match(path, /^\/push(\/[a-z0-9._-]+){3}$/);
      }),
    );
    assert.notEqual(webhookPath("a", "b", "c-d"), webhookPath("a", "b-c", "d"));
  });

  it("T07: the Secret of a project's webhooks is no other project's", () => {
    fc.assert(
      fc.property(slug, slug, (a, b) => {
        assert.equal(webhookSecretName(a) === webhookSecretName(b), a === b);
      }),
    );
    assert.ok(webhookSecretName("a".repeat(maxNameLength)).length <= 63);
  });

  it("T07: a ruleset has a name of its own for each project and branch, however long", () => {
    const branch = fc.stringMatching(/^[a-z0-9][a-z0-9/._-]{0,150}$/);
    fc.assert(
      fc.property(slug, slug, branch, branch, (projectA, projectB, a, b) => {
        const name = rulesetName(projectA, a);
        assert.equal(name === rulesetName(projectB, b), projectA === projectB && a === b);
        assert.ok(name.length <= 100);
      }),
    );
  });

  it("are what they were: a change would rename or replace objects in use", () => {
    assert.deepEqual(
      [
        repositoryName("MyOrg", "My.Api"),
        ownerName("MyOrg"),
        webhookPath("shop", "MyOrg", "My.Api"),
        webhookSecretName("shop"),
        rulesetName("shop", "main"),
        releaseNamespace,
        gitOpsComponentName,
      ],
      ["myorg.my.api", "myorg", "/push/shop/myorg/my.api", "shop-webhooks", "shop: main", "releases", "gitops"],
    );
  });

  it("of the GitOps repository are no project's", () => {
    for (const name of [releaseNamespace, gitOpsComponentName]) {
      assert.ok(name in reservedProjectNames);
      assert.match(projectName.safeParse(name).error?.issues[0]?.message ?? "", /^use another name: /);
    }
  });
});
