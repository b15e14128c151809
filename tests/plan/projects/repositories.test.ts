import assert from "node:assert/strict";
import fc from "fast-check";
import { repositoryName } from "../../../model/repository-names";
import { isSecretText, type SecretText } from "../../../model/secret-text";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planRepositories, type RepositoriesPlan } from "../../../plan/projects/repositories";
import { at } from "../../support/at";
import { applicationOf, gitHubOf } from "../../support/some-repository";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

const withoutHost = { ...someCluster, webhookHost: "" };

function planned(...applications: readonly object[]): RepositoriesPlan {
  return planRepositories(someProject({ applications }), someCluster);
}

function kinds(plan: RepositoriesPlan): readonly string[] {
  return plan.resources.map(({ kind, name }) => `${kind} ${name}`);
}

/** The text under a key of a Secret of the plan. */
function secretIn(plan: RepositoriesPlan, secret: string, key: string): unknown {
  const found = manifestsOf(plan.resources, "Secret").find(({ manifest }) => manifest.metadata.name === secret);
  return at(found?.manifest, "stringData", key);
}

describe("repositories of a project", () => {
  const api = applicationOf("api", "My-Api");

  it("that are only used get a webhook and a key, within the budget of five resources", () => {
    const plan = planned(api);
    assert.deepEqual(kinds(plan), [
      "password shop.myorg.my-api.webhook-secret",
      "private-key shop.myorg.my-api.private-key",
      "github-webhook shop.myorg.my-api.webhook",
      "github-deploy-key shop.myorg.my-api.read-key",
      "manifest shop.repository-webhooks",
      "manifest shop.repository-keys",
      "manifest shop.build-webhooks",
      "vault-secret shop.repository-vault",
    ]);
    const more = planned(api, applicationOf("web", "web"));
    assert.ok(more.resources.length - plan.resources.length <= 5);
    assert.deepEqual(plan.facts, [
      { name: "myorg/My-Api", mode: "use", webhook: "https://hooks.example.com/push/shop/myorg/my-api" },
    ]);
  });

  it("are none without applications", () => {
    assert.deepEqual(planned(), { resources: [], warnings: [], facts: [] });
  });

  it("share one webhook and one key when applications are built from the same one", () => {
    const web = applicationOf("web", "My-Api", { branch: "next" });
    assert.deepEqual(planned(api, web), planned(api));
    assert.equal(planned(api, web).facts.length, 1);
  });

  it("have no webhook when the cluster has no public host", () => {
    const plan = planRepositories(someProject({ applications: [api, applicationOf("web", "web")] }), withoutHost);
    assert.deepEqual(gitHubOf(plan.resources, "github-webhook"), []);
    assert.deepEqual(
      plan.facts.map(({ webhook }) => webhook),
      [null, null],
    );
  });

  it("T04: each has an HMAC key of its own, the same in GitHub, in the cluster and in Vault", () => {
    const plan = planned(api, applicationOf("web", "web"));
    const hooks = gitHubOf(plan.resources, "github-webhook");
    assert.equal(hooks.length, 2);
    const names = hooks.map(({ repository, secret }) => {
      const key = repositoryName("myorg", repository);
      assert.deepEqual(secretIn(plan, "shop-webhooks", key), secret);
      assert.deepEqual(vaultLeaf(plan).data[`${key}.webhook-secret`], secret);
      const [part] = secret.$secret;
      assert.ok(secret.$secret.length === 1 && typeof part === "object" && part.form === "plain");
      return part.name;
    });
    assert.equal(new Set(names).size, 2);
    for (const name of names) {
      const password = plan.resources.find((resource) => resource.name === name);
      assert.ok(password?.kind === "password");
      // Letters of both cases and digits.
      assert.ok(password.length * Math.log2(62) >= 32 * 8);
    }
    const [webhooks] = manifestsOf(plan.resources, "Secret");
    assert.equal(webhooks?.manifest.metadata["namespace"], "argo-events");
  });

  it("T05: GitHub calls an https address that no other repository has", () => {
    const hooks = gitHubOf(planned(api, applicationOf("web", "web")).resources, "github-webhook");
    assert.deepEqual(
      hooks.map(({ url }) => url),
      ["https://hooks.example.com/push/shop/myorg/my-api", "https://hooks.example.com/push/shop/myorg/web"],
    );
  });

  it("T31: the key of a repository reads, is the repository's alone, and only builds have it", () => {
    const plan = planned(api, applicationOf("web", "web", { repository: { mode: "create" } }));
    const keys = gitHubOf(plan.resources, "github-deploy-key");
    assert.deepEqual(
      keys.map(({ repository, readOnly }) => [repository, readOnly]),
      [
        ["My-Api", true],
        ["web", true],
      ],
    );
    assert.ok(keys.every(({ title }) => title.includes("shop")));
    assert.deepEqual(
      keys.map(({ key }) => key.$secret),
      ["my-api", "web"].map((name) => [{ name: `shop.myorg.${name}.private-key`, form: "openssh-public" }]),
    );
    const text = secretIn(plan, "repository-keys", "myorg.my-api");
    assert.deepEqual(text, { $secret: [{ name: "shop.myorg.my-api.private-key", form: "openssh" }] });
    const holders = plan.resources.filter((resource) => JSON.stringify(resource).includes('"openssh"'));
    assert.deepEqual(
      holders.map(({ name }) => name),
      ["shop.repository-keys", "shop.repository-vault"],
    );
    const build = manifestsOf(plan.resources, "Secret")[1]?.manifest.metadata;
    assert.deepEqual([build?.name, build?.["namespace"]], ["repository-keys", "shop-build"]);
  });

  it("T04: builds sign with the keys that GitHub signs with, in a Secret of their own namespace", () => {
    const plan = planned(api);
    assert.deepEqual(secretIn(plan, "webhook-secrets", "myorg.my-api"), {
      $secret: [{ name: "shop.myorg.my-api.webhook-secret", form: "plain" }],
    });
    const build = manifestsOf(plan.resources, "Secret")[2]?.manifest.metadata;
    assert.deepEqual([build?.name, build?.["namespace"]], ["webhook-secrets", "shop-build"]);
  });

  it("T22: the leaf in Vault is protected, and so is a repository that is made or adopted", () => {
    const modes = planned(
      applicationOf("api", "api", { repository: { mode: "create" } }),
      applicationOf("web", "web", { repository: { mode: "adopt" } }),
    );
    const leaf = vaultLeaf(modes);
    assert.deepEqual(
      [leaf.protect, leaf.mount, leaf.path, leaf.writer],
      [true, "idp", "projects/shop/github", "pulumi"],
    );
    const repositories = gitHubOf(modes.resources, "github-repository");
    assert.deepEqual(
      repositories.map(({ adopt, protect, retain }) => [adopt, protect, retain]),
      [
        [false, true, undefined],
        [true, true, true],
      ],
    );
  });

  it("T40: an application more changes nothing of another repository, whatever their names and order", () => {
    const word = fc.stringMatching(/^[a-c]([-.]?[a-c]){0,3}$/);
    const rows = fc.uniqueArray(word, { minLength: 2, maxLength: 5 }).chain((repositories) =>
      fc.tuple(
        ...repositories.map((repo) =>
          fc.record({ mode: fc.constantFrom("use", "create", "adopt"), ruleset: fc.boolean() }).map((repository) => {
            return applicationOf(`app-${repositories.indexOf(repo)}`, repo, { repository });
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(rows, (applications) => {
        const all = planned(...applications.toReversed());
        const fewer = planned(...applications.slice(1));
        const added = applications[0]?.git.repo ?? "";
        const own = (plan: RepositoriesPlan) => plan.resources.filter((resource) => !isShared(resource));
        const isAdded = ({ name }: PlannedResource) => name.startsWith(`shop.${repositoryName("myorg", added)}.`);
        const kept = own(all).filter((resource) => own(fewer).some(({ name }) => name === resource.name));
        assert.deepEqual(kept, own(fewer));
        assert.ok(own(all).every((resource) => kept.includes(resource) || isAdded(resource)));
        assert.equal(new Set(all.resources.map(({ name }) => name)).size, all.resources.length);
        for (const key of Object.keys(vaultLeaf(fewer).data))
          assert.deepEqual(vaultLeaf(all).data[key], vaultLeaf(fewer).data[key]);
      }),
    );
  });
});

/** The two Secrets and the leaf hold one entry for each repository. */
function isShared({ kind }: PlannedResource): boolean {
  return kind === "manifest" || kind === "vault-secret";
}

function vaultLeaf({ resources }: RepositoriesPlan) {
  const [leaf, ...others] = resources.filter((resource) => resource.kind === "vault-secret");
  assert.ok(leaf && others.length === 0);
  const texts = Object.entries(leaf.data).filter((entry): entry is [string, SecretText] => isSecretText(entry[1]));
  assert.equal(texts.length, Object.keys(leaf.data).length);
  return { ...leaf, data: Object.fromEntries(texts) };
}
