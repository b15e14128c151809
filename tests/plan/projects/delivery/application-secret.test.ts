import assert from "node:assert/strict";
import { describeProject } from "../../../../cli/describe-project";
import { palette } from "../../../../cli/palette";
import { vaultAudience, vaultAuthPath } from "../../../../model/platform-names";
import { planDelivery } from "../../../../plan/projects/delivery";
import { planProject } from "../../../../plan/projects/project";
import { planTenancy } from "../../../../plan/projects/tenancy";
import { planPluginVaultAccess, planVaultAccess } from "../../../../plan/projects/vault-access";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles } from "../../../support/delivered";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";
import { allowedOn, parsePolicy } from "../../../support/vault-policy";

const commit = "0123456789abcdef0123456789abcdef01234567";
const repository = "git@github.com:myorg/projects-gitops.git";

/** Applications by name, each with what is special about it. */
function projectOf(applications: Readonly<Record<string, object>>, secretSync = "vault-plugin") {
  const list = Object.entries(applications).map(([name, { git = {}, ...more }]: [string, { git?: object }]) => ({
    ...{ name, port: 8080, git: { type: "github", owner: "myorg", repo: "my-code", ...git } },
    ...more,
  }));
  const databases = [{ name: "db", type: "postgres", version: "17", size: "1Gi" }];
  return someProject({ secretSync, applications: list, databases });
}

const secrets = { SESSION_KEY: "generated", STRIPE: "entered" };

function planned(applications: Readonly<Record<string, object>>, secretSync?: string) {
  const { resources } = planDelivery(projectOf(applications, secretSync), someCluster);
  const [set] = manifestsOf(resources, "ApplicationSet");
  assert.ok(set);
  const generators = at(set, "manifest", "spec", "generators");
  assert.ok(Array.isArray(generators));
  return { files: gitOpsFiles(resources), set, generators: generators.map((each: unknown) => at(each, "git")) };
}

function secretOf(application: object) {
  const [file] = planned({ api: application }).files;
  assert.ok(file);
  const [secret, ...others] = delivered(file, "Secret");
  assert.ok(secret && others.length === 0);
  const data = at(secret, "data");
  assert.ok(typeof data === "object" && data !== null);
  return { file, secret, placeholders: Object.values(data).map(String) };
}

describe("secrets that argocd-vault-plugin fills", () => {
  it("are a Secret with a placeholder for each value, in the place of the ExternalSecret", () => {
    const { file, secret } = secretOf({ secrets, uses: ["db"] });
    assert.deepEqual(delivered(file, "ExternalSecret"), []);
    assert.equal(at(secret, "type"), "Opaque");
    const folder = "idp/data/projects/shop";
    assert.deepEqual(at(secret, "data"), {
      DB_PASSWORD: `<path:${folder}/databases/db#password | base64encode>`,
      SESSION_KEY: `<path:${folder}/applications/api#SESSION_KEY | base64encode>`,
      STRIPE: `<path:${folder}/applications/api/entered/STRIPE#value | base64encode>`,
    });
  });

  it("are read by the container under another name than those of External Secrets, a new one for each rotation", () => {
    for (const [rotation, name] of [
      [0, "api-vault-plugin"],
      [3, "api-vault-plugin-3"],
    ] as const) {
      const { file, secret } = secretOf({ secrets, rotation });
      assert.equal(secret.metadata.name, name);
      const pod = at(delivered(file, "Deployment")[0], "spec", "template", "spec");
      assert.equal(at(pod, "containers", 0, "env", 0, "valueFrom", "secretKeyRef", "name"), name);
      const annotations = { "argocd.argoproj.io/sync-options": "PruneLast=true" };
      assert.deepEqual(secret.metadata["annotations"], annotations);
    }
  });

  it("stand in fields that hold base64, so that the API server refuses what was not filled", () => {
    const { secret, placeholders } = secretOf({ secrets });
    assert.equal(at(secret, "stringData"), undefined);
    assert.equal(placeholders.length, 2);
    for (const text of placeholders) assert.doesNotMatch(text, /^[A-Za-z0-9+/=]*$/);
  });

  it("T18: are all below the project's own folder, which the policy of the plugin's role covers", () => {
    const [{ policy, rules }] = planVaultAccess("shop", "idp");
    assert.deepEqual(planPluginVaultAccess("shop").policies, [policy]);
    const { placeholders } = secretOf({ secrets, uses: ["db"] });
    const paths = placeholders.map((text) => /^<path:(.*)#/.exec(text)?.[1] ?? "");
    assert.equal(paths.length, 3);
    for (const path of paths) assert.deepEqual(allowedOn(path, parsePolicy(rules)), ["read"], path);
    assert.deepEqual(allowedOn("idp/data/projects/shop-2/applications/api", parsePolicy(rules)), []);
  });
});

describe("an Application that argocd-vault-plugin renders", () => {
  it("names the plugin, and one without secrets stays with kustomize", () => {
    const { set, generators } = planned({ api: { secrets }, web: {} });
    const [plain, filled, ...others] = generators;
    assert.deepEqual(others, []);
    assert.deepEqual(at(plain, "files"), [{ path: "apps/shop/web/kustomization.yaml" }]);
    assert.equal(at(plain, "template"), undefined);
    assert.equal(at(set, "manifest", "spec", "template", "spec", "source", "plugin"), undefined);
    assert.deepEqual(at(filled, "files"), [{ path: "apps/shop/api/kustomization.yaml" }]);
    const source = { repoURL: repository, plugin: { name: "vault-plugin" } };
    assert.deepEqual(at(filled, "template", "spec"), { project: "shop", source, destination: {} });
  });

  it("T28: is held at a commit by an image that the script checks, and never by kustomize beside the plugin", () => {
    const { generators } = planned({ api: { secrets, git: { hash: commit } }, web: { git: { hash: commit } } });
    const [api, web, ...others] = generators;
    assert.deepEqual(others, []);
    const env = [{ name: "IMAGE", value: `harbor.lab.example/shop/api:${commit}` }];
    const plugin = { name: "vault-plugin", env };
    assert.deepEqual(at(api, "template", "spec", "source"), { repoURL: repository, plugin });
    const kustomize = { images: [`harbor.lab.example/shop/web:${commit}`] };
    assert.deepEqual(at(web, "template", "spec", "source"), { repoURL: repository, kustomize });
  });

  it("comes after the role as which its secrets are read", () => {
    const { resources } = planProject(projectOf({ api: { secrets } }), someCluster).component;
    const names = resources.map(({ name }) => name);
    const role = planPluginVaultAccess("shop").name;
    assert.ok(planned({ api: { secrets } }).set.dependsOn?.includes(role));
    assert.ok(names.includes(role) && names.indexOf(role) < names.indexOf("shop.application-set"));
  });

  it("is unknown to a project that External Secrets serves", () => {
    const { set, generators, files } = planned({ api: { secrets } }, "external-secrets");
    assert.doesNotMatch(JSON.stringify([generators, files, set.dependsOn]), /vault-plugin|<path:/);
    const { resources } = planProject(projectOf({ api: { secrets } }, "external-secrets"), someCluster).component;
    assert.ok(!resources.some(({ name }) => name === planPluginVaultAccess("shop").name));
  });

  it("T24: may hold a Secret, which no other project's Application may", () => {
    const kinds = (secretSync: string) => {
      const [project] = manifestsOf(planTenancy(projectOf({}, secretSync), someCluster).resources, "AppProject");
      const spec = at(project, "manifest", "spec");
      return { allowed: at(spec, "namespaceResourceWhitelist"), refused: at(spec, "namespaceResourceBlacklist") };
    };
    const [filled, usual] = [kinds("vault-plugin"), kinds("external-secrets")];
    assert.ok(Array.isArray(filled.allowed) && Array.isArray(usual.allowed));
    const secret = { group: "", kind: "Secret" };
    assert.deepEqual(
      filled.allowed.filter((kind) => at(kind, "kind") === "Secret"),
      [secret],
    );
    assert.equal(filled.allowed.length, usual.allowed.length + 1);
    assert.deepEqual(filled.refused, usual.refused);
  });
});

describe("the role of argocd-vault-plugin", () => {
  it("T19: is bound to one service account of one namespace, an audience, the project's policy and ten minutes", () => {
    assert.deepEqual(planPluginVaultAccess("shop"), {
      ...{ kind: "vault-role", name: "shop.vault-plugin-role", dependsOn: ["shop.vault-policy"] },
      ...{ auth: vaultAuthPath, role: "project-shop.vault-plugin", policies: ["project-shop"] },
      ...{ namespace: "argocd", serviceAccount: "argocd-repo-server", audience: vaultAudience },
      tokenTtl: 600,
    });
  });
});

describe("what the offline plan says of a project whose secrets argocd-vault-plugin fills", () => {
  it("is that it does", () => {
    const textOf = (secretSync: string) => {
      const project = planProject(projectOf({ api: { secrets } }, secretSync), someCluster);
      return describeProject({ width: 100, palette: palette(false) }, project).join("\n");
    };
    const said = /^ {4}secrets come from Vault by argocd-vault-plugin \(docs\/vault-plugin\.md\)$/m;
    assert.match(textOf("vault-plugin"), said);
    assert.doesNotMatch(textOf("external-secrets"), said);
  });
});
