import assert from "node:assert/strict";
import fc from "fast-check";
import { shells } from "../support/git/run-script";
import { commit, releaseFile, RenderRun } from "../support/vault-plugin/render-run";

const manifest = `apiVersion: v1
kind: Secret
metadata: {name: api-vault-plugin}
data: {KEY: "<path:idp/data/projects/shop/applications/api#KEY | base64encode>"}
`;
const files = { "application.yaml": manifest, "kustomization.yaml": releaseFile };
const image = `harbor.lab.example/shop/api:${commit}`;

/** Does as kustomize does with one resource. */
const kustomize = 'case $1 in build) cat application.yaml ;; *) echo "$*" >>kustomization.yaml ;; esac';
const filling = "sed 's/\"<path:[^>]*>\"/Y2FuYXJ5/'";

describe("script vault-plugin", () => {
  let render: RenderRun;

  beforeEach(() => {
    render = new RenderRun(files);
    render.program("kustomize", kustomize);
    render.program("argocd-vault-plugin", filling);
  });

  afterEach(() => {
    render.remove();
  });

  async function refused(sentence: RegExp, variables: Readonly<Record<string, string>> = {}) {
    const { code, out, err } = await render.run(variables);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, sentence);
    return err;
  }

  for (const shell of shells)
    it(`prints what kustomize renders with the values of Vault, and leaves nothing behind (${shell.name})`, async () => {
      const before = render.left();
      const { code, out, err } = await render.run({}, shell);
      assert.deepEqual([code, err], [0, ""]);
      assert.equal(out, manifest.replace(/"<path.*>"/, "Y2FuYXJ5"));
      const noted = ["argocd-vault-plugin", "kustomize"].flatMap((name) => [
        `${name}.arguments`,
        `${name}.environment`,
      ]);
      assert.deepEqual(render.left(), [...before, ...noted].sort());
      assert.deepEqual(render.given("kustomize", "arguments"), ["build ."]);
      assert.deepEqual(render.given("argocd-vault-plugin", "arguments"), ["generate -"]);
    });

  it("T18: asks Vault as the project that Argo CD names, whatever the Application sets", async () => {
    const hostile = {
      ARGOCD_ENV_AVP_K8S_ROLE: "project-other.vault-plugin",
      ARGOCD_ENV_AVP_TYPE: "sops",
      ARGOCD_ENV_VAULT_ADDR: "http://elsewhere.example",
      ARGOCD_ENV_ARGOCD_APP_PROJECT_NAME: "other",
      ARGOCD_ENV_PATH: "/elsewhere",
      PARAM_ROLE: "project-other.vault-plugin",
      ARGOCD_APP_PARAMETERS: "[]",
    };
    assert.equal((await render.run(hostile)).code, 0);
    const given = render.given("argocd-vault-plugin", "environment");
    const names = given.map((line) => line.split("=")[0]).filter((name) => !["PWD", "SHLVL", "_"].includes(name ?? ""));
    assert.deepEqual(names.sort(), [
      ...["AVP_AUTH_TYPE", "AVP_K8S_MOUNT_PATH", "AVP_K8S_ROLE", "AVP_K8S_TOKEN_PATH", "AVP_KV_VERSION", "AVP_TYPE"],
      ...["PATH", "VAULT_ADDR", "VAULT_CLIENT_TIMEOUT"],
    ]);
    for (const line of ["AVP_K8S_ROLE=project-shop.vault-plugin", "AVP_TYPE=vault", "VAULT_ADDR=http://127.0.0.1:1"])
      assert.ok(given.includes(line), line);
    assert.doesNotMatch(render.given("kustomize", "environment").join("\n"), /ARGOCD_|PARAM_|elsewhere/);
  });

  it("gives the plugin no home, where it would keep a token of Vault for the next project", async () => {
    await render.run();
    assert.doesNotMatch(render.given("argocd-vault-plugin", "environment").join("\n"), /^HOME=/m);
  });

  it("T28: holds an application at an image of its project", async () => {
    assert.equal((await render.run({ ARGOCD_ENV_IMAGE: image })).code, 0);
    assert.deepEqual(render.given("kustomize", "arguments"), [`edit set image ${image}`, "build ."]);
  });

  const images: Readonly<Record<string, readonly [string, RegExp]>> = {
    "of another project": [image.replace("shop", "other"), /no image of the project shop/],
    "of a project whose name starts alike": [image.replace("shop", "shop-2"), /no image of the project shop/],
    "without a registry": [`shop/api:${commit}`, /no image of the project shop/],
    "by a tag that moves": ["harbor.lab.example/shop/api:latest", /does not end with a commit/],
    "without a tag": ["harbor.lab.example/shop/api", /does not end with a commit/],
    "that is an option": [`--shop/shop/api:${commit}`, /no name of an image/],
    "that replaces another one": [`x=harbor.lab.example/shop/api:${commit}`, /no name of an image/],
    "with a line more": [`a\nharbor.lab.example/shop/api:${commit}`, /no name of an image/],
  };
  for (const [what, [text, sentence]] of Object.entries(images))
    it(`refuses an image ${what}`, async () => {
      await refused(sentence, { ARGOCD_ENV_IMAGE: text });
      assert.deepEqual(render.given("kustomize", "arguments"), []);
    });

  it("takes a project's name by its form alone, and no text of an Application as a command", async () => {
    const pieces = fc.constantFrom(
      ..."'\"\\\n $`;&|><*?~!%=/.:-A_".split(""),
      "$(touch ran)",
      "../",
      "shop",
      "a",
      "--",
    );
    const text = fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
    const property = fc.asyncProperty(text, text, async (name, value) => {
      const variables = { ARGOCD_APP_PROJECT_NAME: name, ARGOCD_ENV_IMAGE: value, ARGOCD_ENV_AVP_K8S_ROLE: value };
      const { code, out } = await render.run(variables);
      assert.deepEqual([code, out], [1, ""]);
      assert.ok(!render.left().includes("ran"));
      assert.deepEqual(render.given("argocd-vault-plugin", "arguments"), []);
    });
    await fc.assert(property, { numRuns: 30 });
    for (const name of ["", "Shop", "-shop", "shop-", "a--b", "shop.vault-plugin", "2shop", "a".repeat(64)])
      await refused(/ARGOCD_APP_PROJECT_NAME is no name of a project/, { ARGOCD_APP_PROJECT_NAME: name });
  });

  it("ends with what kustomize says when that cannot render, and prints nothing", async () => {
    render.program("kustomize", "echo 'apiVersion: v1\nkind: ConfigMap'; echo 'Error: bad file' >&2; exit 1");
    assert.match(await refused(/^Error: bad file$/m), /kustomize cannot render the folder/);
    render.program("kustomize", "exit 1");
    await refused(/cannot set the image/, { ARGOCD_ENV_IMAGE: image });
  });

  it("never ends well with nothing, after which Argo CD would delete the application", async () => {
    for (const text of ["true", "echo '# only words'", "echo"]) {
      render.program("kustomize", text);
      await refused(/kustomize renders no object/);
    }
    render.program("kustomize", kustomize);
    render.program("argocd-vault-plugin", "cat >/dev/null");
    await refused(/gave no object back/);
  });

  it("refuses what the plugin left as it was", async () => {
    render.program("argocd-vault-plugin", "cat");
    await refused(/left a placeholder in place/);
  });

  it("says that there is no token, before anything is rendered", async () => {
    await refused(/no token to log in to Vault/, { AVP_K8S_TOKEN_PATH: "/nowhere/token" });
    assert.deepEqual(render.given("kustomize", "arguments"), []);
  });
});
