import assert from "node:assert/strict";
import { parseProjects } from "../../inputs/project-files";
import { projectOptions } from "../../inputs/project-options";
import { platformOutputs } from "../../model/platform-outputs";
import { projectsSettings } from "../../model/projects-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import { someSettings } from "../support/cluster";

const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });

const file = `secretSync: vault-plugin
applications:
  - name: api
    git: {type: github, owner: myorg, repo: my-api}
    port: 80
    release: {mode: commit}
    secrets: {KEY: generated}
`;

function parse(argoCd: object, text = file) {
  const options = projectOptions(settings, planPlatformOutputs(someSettings({ argoCd })));
  return parseProjects([{ file: "projects/shop.yaml", bytes: Buffer.from(text) }], options);
}

describe("secrets that argocd-vault-plugin fills", () => {
  it("are refused where there is none, at their place, with the command that installs it", () => {
    assert.throws(() => parse({}), {
      name: "InputError",
      message:
        /projects\/shop\.yaml:1:\d+: secretSync: the cluster has no argocd-vault-plugin; install it with `pulumi config set --path idp:argoCd\.vaultPlugin true --stack homelab` and `pulumi up --stack homelab`, or remove the line$/,
    });
  });

  it("are fine where there is one, or where nobody knows", () => {
    assert.equal(parse({ vaultPlugin: true })[0]?.secretSync, "vault-plugin");
    const bytes = Buffer.from(file);
    assert.equal(parseProjects([{ file: "projects/shop.yaml", bytes }], projectOptions(settings)).length, 1);
  });

  it("are not the usual way", () => {
    assert.equal(parse({}, file.replace("secretSync: vault-plugin\n", ""))[0]?.secretSync, "external-secrets");
    assert.equal(parse({}, file.replace("vault-plugin", "external-secrets")).length, 1);
    assert.throws(() => parse({ vaultPlugin: true }, file.replace("vault-plugin", "sops")), /secretSync: /);
  });

  it("are those of all environments, too", () => {
    const environments = "    environments: [{name: develop, branch: develop}]\n";
    const ways = parse({ vaultPlugin: true }, file + environments).map(({ name, secretSync }) => [name, secretSync]);
    assert.deepEqual(ways, [
      ["shop", "vault-plugin"],
      ["shop-develop", "vault-plugin"],
    ]);
  });

  it("are refused together with Argo CD Image Updater, for the applications that have some", () => {
    const both = { vaultPlugin: true, imageUpdater: true };
    const updated = file.replace("mode: commit", "mode: image-updater");
    assert.throws(() => parse(both, updated), {
      message:
        /projects\/shop\.yaml:6:\d+: applications\.0\.release\.mode: does not go together with `secretSync: vault-plugin`, .*; choose another mode, or remove `secretSync`$/,
    });
    const database = "databases: [{name: db, type: redis, version: '7.2', size: 1Gi}]\n";
    const using = updated.replace("secrets: {KEY: generated}", "uses: [db]") + database;
    assert.throws(() => parse(both, using), /does not go together/);
    assert.equal(parse(both, updated.replace("{KEY: generated}", "{}")).length, 1);
    assert.equal(parse(both, updated.replace("vault-plugin", "external-secrets")).length, 1);
  });
});

describe("outputs of a platform that was made before there was a choice", () => {
  it("are read as those of one without argocd-vault-plugin", () => {
    const { vaultPlugin, ...old } = planPlatformOutputs(someSettings());
    assert.equal(vaultPlugin, false);
    assert.equal(platformOutputs.parse(old).vaultPlugin, false);
    assert.equal(planPlatformOutputs(someSettings({ argoCd: { vaultPlugin: true } })).vaultPlugin, true);
  });
});
