import assert from "node:assert/strict";
import fc from "fast-check";
import * as names from "../../model/names";

/** Names as people give them, many of them hyphenated and many of the greatest length. */
const slug = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), { minLength: 1, maxLength: 8 })
  .map((words) => words.join("-").slice(0, names.maxNameLength).replace(/-$/, ""));
const commit = fc.stringMatching(/^[0-9a-f]{40}$/);
const domain = fc
  .array(fc.stringMatching(/^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/), { minLength: 2, maxLength: 6 })
  .map((labels) => labels.join("."));

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const anything = /^.+$/;

/** Of a pair of names. Within one namespace the project is not part of the name. */
const ofPairs: Readonly<Record<string, readonly [(project: string, name: string) => string, RegExp, number]>> = {
  "host inside the cluster": [names.serviceHost, subdomain, 253],
  "image repository": [names.imageRepositoryPath, anything, 255],
  "cache repository": [names.cacheRepositoryPath, anything, 255],
  "Argo CD application": [names.argoCdApplicationName, subdomain, 63],
  "delivery folder": [names.deliveryFolder, anything, 255],
  "event of a push": [names.pushEventName, /^[a-z0-9_-]+$/, 63],
  "Vault path of an application": [names.applicationVaultPath, anything, 255],
  "Vault path of a database": [names.databaseVaultPath, anything, 255],
  "Pulumi's name": [names.logicalName, anything, 255],
};

const ofOne: Readonly<Record<string, readonly [(name: string) => string, RegExp, number]>> = {
  namespace: [names.namespaceName, label, 63],
  "build namespace": [names.buildNamespaceName, label, 63],
  "Service, Deployment, StatefulSet": [names.serviceName, label, 52],
  "Secret of a database": [names.databaseSecretName, label, 63],
  "Secret of an application": [(name) => names.applicationSecretName(name, 0), label, 63],
  "volume claim": [names.volumeClaimName, label, 63],
  "Secret and Job that set up the registry": [names.registrySetupName, label, 52],
  "policy and role in Vault": [names.vaultRoleName, label, 63],
  "folder in Vault": [names.vaultFolder, anything, 255],
  "Vault path of the registry": [names.registryVaultPath, anything, 255],
  "Vault path of GitHub": [names.gitHubVaultPath, anything, 255],
};

describe("derived names", () => {
  const longest = "a".repeat(names.maxNameLength);

  for (const [kind, [derive, form, limit]] of Object.entries(ofPairs)) {
    it(`T07: ${kind}: no two pairs share it, and it has the form and the length`, () => {
      fc.assert(
        fc.property(slug, slug, slug, slug, (projectA, nameA, projectB, nameB) => {
          const [a, b] = [derive(projectA, nameA), derive(projectB, nameB)];
          assert.match(a, form);
          assert.equal(a === b, projectA === projectB && nameA === nameB);
        }),
      );
      assert.notEqual(derive("a-b", "c"), derive("a", "b-c"));
      assert.ok(derive(longest, longest).length <= limit);
    });
  }

  for (const [kind, [derive, form, limit]] of Object.entries(ofOne)) {
    it(`T07: ${kind}: no two names share it, and it has the form and the length`, () => {
      fc.assert(
        fc.property(slug, slug, (a, b) => {
          assert.match(derive(a), form);
          assert.equal(derive(a) === derive(b), a === b);
        }),
      );
      assert.ok(derive(longest).length <= limit);
    });
  }

  it("T07: a project's build namespace is no other project's namespace", () => {
    assert.equal(names.buildNamespaceName("shop"), "shop-build");
    assert.ok("shop-build".endsWith(names.buildSuffix));
  });

  it("T07: a pair that hyphens would confuse is told apart, whatever is joined", () => {
    const cut = fc.tuple(slug, fc.nat()).filter(([text]) => text.split("-").length > 2);
    fc.assert(
      fc.property(cut, ([text, seed]) => {
        const words = text.split("-");
        const first = 1 + (seed % (words.length - 2));
        const pair = (at: number) => [words.slice(0, at).join("-"), words.slice(at).join("-")] as const;
        for (const [derive] of Object.values(ofPairs)) {
          assert.notEqual(derive(...pair(first)), derive(...pair(first + 1)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("T07: a Secret of an application is never one of a database", () => {
    fc.assert(
      fc.property(slug, slug, (a, b) => {
        assert.notEqual(names.applicationSecretName(a, 0), names.databaseSecretName(b));
      }),
    );
  });

  it("T07: a Secret of an application has a name of its own for each rotation, and never that of another one", () => {
    const rotation = fc.oneof(fc.constantFrom(0, 1, 10, 11, 999_999_999), fc.nat(999_999_999));
    fc.assert(
      fc.property(slug, slug, rotation, rotation, (a, b, first, second) => {
        const name = names.applicationSecretName(a, first);
        assert.match(name, label);
        assert.equal(name === names.applicationSecretName(b, second), a === b && first === second);
        for (const other of [names.databaseSecretName(b), names.registrySecretName]) assert.notEqual(name, other);
      }),
    );
    assert.ok(names.applicationSecretName(longest, 999_999_999).length <= 63);
    assert.equal(names.applicationSecretName("api", 2), "api-environment-2");
  });

  it("T07: a secret that a person enters has a path of its own for each application and variable", () => {
    const variable = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/);
    fc.assert(
      fc.property(slug, slug, slug, slug, variable, variable, (projectA, a, projectB, b, variableA, variableB) => {
        const path = names.enteredVaultPath(projectA, a, variableA);
        const isSame = projectA === projectB && a === b && variableA === variableB;
        assert.equal(path === names.enteredVaultPath(projectB, b, variableB), isSame);
        assert.notEqual(path, names.applicationVaultPath(projectB, b));
      }),
    );
  });

  it("T07: a project's own leaves in Vault are none of its applications' and databases'", () => {
    fc.assert(
      fc.property(slug, slug, slug, (projectA, projectB, name) => {
        const own = [names.registryVaultPath(projectA), names.gitHubVaultPath(projectA)];
        const others = [names.applicationVaultPath(projectB, name), names.databaseVaultPath(projectB, name)];
        assert.equal(new Set([...own, ...others]).size, 4);
      }),
    );
  });

  it("T07: a build has a name of its own for each application and commit", () => {
    fc.assert(
      fc.property(slug, slug, commit, commit, (applicationA, applicationB, commitA, commitB) => {
        const a = names.buildName(applicationA, commitA);
        const isSame = applicationA === applicationB && commitA.slice(0, 12) === commitB.slice(0, 12);
        assert.equal(a === names.buildName(applicationB, commitB), isSame);
        assert.match(a, label);
        assert.ok(a.length <= 63);
      }),
    );
  });

  it("T07: a route has a name of its own for each domain, however long", () => {
    fc.assert(
      fc.property(domain, domain, (a, b) => {
        assert.equal(names.routeName(a) === names.routeName(b), a === b);
        assert.match(names.routeName(a), subdomain);
        assert.ok(names.routeName(a).length <= 52);
      }),
    );
    assert.equal(names.routeName("api.example.com"), "api.example.com");
    const long = `${"a".repeat(34)}.${"b".repeat(60)}.example`;
    assert.match(names.routeName(long), /^a{34}0-[0-9a-f]{16}$/);
    assert.notEqual(names.routeName(long), names.routeName(`${long}s`));
  });

  it("are what they were: a change would rename or replace objects in use", () => {
    assert.deepEqual(
      [
        ...Object.values(ofPairs).map(([derive]) => derive("shop", "api")),
        ...Object.values(ofOne).map(([derive]) => derive("x")),
      ],
      [
        "api.shop.svc.cluster.local",
        "shop/api",
        "shop/api/cache",
        "shop.api",
        "apps/shop/api",
        "api_h8onsxsm",
        "projects/shop/applications/api",
        "projects/shop/databases/api",
        "shop.api",
        "x",
        "x-build",
        "x",
        "x-credentials",
        "x-environment",
        "data-x-0",
        "project-x",
        "project-x",
        "projects/x",
        "projects/x/registry",
        "projects/x/github",
      ],
    );
    assert.equal(names.enteredVaultPath("shop", "api", "API_KEY"), "projects/shop/applications/api/entered/API_KEY");
    assert.equal(names.routeName(`${"a".repeat(60)}.example`), `${"a".repeat(35)}-f5dc9f3f0babbea9`);
  });

  it("are a bug when they pass a limit, and never cut", () => {
    assert.throws(() => names.serviceName("a".repeat(53)), /^Error: a{53} has 53 characters, and 52 are allowed$/);
  });
});
