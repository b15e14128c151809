import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planDelivery } from "../../plan/projects/delivery";
import { planPluginVaultAccess, planVaultAccess } from "../../plan/projects/vault-access";
import { at } from "../support/at";
import { delivered, gitOpsFiles } from "../support/delivered";
import { someCluster, someProject } from "../support/some-project";
import { vaultBinary } from "../support/vault-life/vault-server";
import { accountToken, RealVault } from "../support/vault-plugin/real-vault";
import { commit, digest, releaseFile, RenderRun } from "../support/vault-plugin/render-run";

const binaries = {
  vault: vaultBinary(),
  kustomize: found("KUSTOMIZE_BINARY", "kustomize"),
  plugin: found("VAULT_PLUGIN_BINARY", "argocd-vault-plugin"),
};

function found(variable: string, name: string): string | undefined {
  const given = process.env[variable];
  if (given !== undefined && existsSync(given)) return given;
  try {
    return execFileSync("sh", ["-c", 'command -v "$1"', "sh", name], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

const secret = 'a "value" with $(everything) {{ in }} it:\n # lines\n';

/** What Pulumi writes of an application of `shop` with a secret, and with placeholders for others when they are named. */
function applicationFile(): string {
  const git = { type: "github", owner: "myorg", repo: "my-api" };
  const secrets = { SESSION_KEY: "generated", STRIPE: "entered" };
  const project = someProject({ secretSync: "vault-plugin", applications: [{ name: "api", port: 80, git, secrets }] });
  const [file] = gitOpsFiles(planDelivery(project, someCluster).resources);
  assert.ok(file);
  return file.content;
}

describe("script vault-plugin, with the real programs and a real Vault", () => {
  const { vault: vaultProgram, kustomize, plugin } = binaries;
  if (vaultProgram === undefined || kustomize === undefined || plugin === undefined) {
    process.stdout.write("left out: name programs in VAULT_BINARY, KUSTOMIZE_BINARY and VAULT_PLUGIN_BINARY\n");
    return;
  }
  const vault = new RealVault(vaultProgram);

  before(async () => {
    await vault.start("idp");
    for (const project of ["shop", "other"]) {
      const [policy] = planVaultAccess(project, "idp");
      for (const planned of [policy, planPluginVaultAccess(project)]) await vault.make(planned);
    }
    const put = (path: string, data: object) => vault.write("POST", `idp/data/projects/${path}`, { data });
    await put("shop/applications/api", { SESSION_KEY: secret, NUMBER: 42 });
    await put("shop/applications/api/entered/STRIPE", { value: "canary-stripe" });
    await put("other/applications/web", { KEY: "canary-other" });
  });

  after(() => vault.stop());

  async function render(change: (file: string) => string = (file) => file, variables = {}, account = "argocd") {
    const run = new RenderRun({ "application.yaml": change(applicationFile()), "kustomization.yaml": releaseFile });
    symlinkSync(kustomize ?? "", join(run.bin, "kustomize"));
    symlinkSync(plugin ?? "", join(run.bin, "argocd-vault-plugin"));
    writeFileSync(run.token, accountToken(account, "argocd-repo-server", "vault"));
    const before = run.left();
    const ended = await run.run({ VAULT_ADDR: vault.address, ...variables });
    assert.deepEqual(run.left(), before);
    run.remove();
    return ended;
  }

  async function refused(sentence: RegExp, ...given: Parameters<typeof render>) {
    const { code, out, err } = await render(...given);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, sentence);
    assert.doesNotMatch(err, /canary|value" with/);
  }

  it("renders the values into the Secret that Pulumi planned, and the digest of CI's file into the Deployment", async () => {
    const { code, out, err } = await render();
    assert.deepEqual([code, err], [0, ""]);
    const content = out.replace(/---\n$/, "");
    const [filled, ...others] = delivered({ content }, "Secret");
    assert.equal(others.length, 0);
    const text = (key: string) => Buffer.from(String(at(filled, "data", key)), "base64").toString("utf8");
    assert.deepEqual([text("SESSION_KEY"), text("STRIPE")], [secret, "canary-stripe"]);
    const container = at(delivered({ content }, "Deployment")[0], "spec", "template", "spec", "containers", 0);
    assert.equal(at(container, "image"), `harbor.lab.example/shop/api@${digest}`);
    const names = new Set([at(container, "env", 0, "valueFrom", "secretKeyRef", "name"), filled?.metadata.name]);
    assert.deepEqual([...names], ["api-vault-plugin"]);
  });

  it("T28: renders the image that the Application is held at", async () => {
    const { out } = await render(undefined, { ARGOCD_ENV_IMAGE: `harbor.lab.example/shop/api:${commit}` });
    assert.ok(out.includes(`image: harbor.lab.example/shop/api:${commit}\n`));
    assert.ok(!out.includes("@sha256"));
  });

  const elsewhere = (file: string) => file.replace("shop/applications/api#SESSION_KEY", "other/applications/web#KEY");

  it("T18: reads nothing of another project, whatever the Application says", async () => {
    const denied = /the project shop may not read idp\/data\/projects\/other\/applications\/web in Vault \(403\)/;
    await refused(denied, elsewhere);
    const hostile = { ARGOCD_ENV_AVP_K8S_ROLE: "project-other.vault-plugin", ARGOCD_ENV_AVP_K8S_TOKEN_PATH: "/x" };
    await refused(denied, elsewhere, hostile);
    await refused(/the project other may not read/, undefined, { ARGOCD_APP_PROJECT_NAME: "other" });
  });

  it("T19: is let in from the namespace of Argo CD alone, and as a project that there is", async () => {
    await refused(/Vault does not let the role project-shop\.vault-plugin in \(403\)/, undefined, {}, "shop");
    await refused(/the role project-blog\.vault-plugin in \(400\)/, undefined, { ARGOCD_APP_PROJECT_NAME: "blog" });
  });

  it("refuses what is missing, what is no text and what it cannot reach", async () => {
    await refused(/Vault has no value for .*#NOPE$/m, (file) => file.replace("#SESSION_KEY", "#NOPE"));
    await refused(/Vault has nothing at .*entered\/NOPE$/m, (file) => file.replace("entered/STRIPE", "entered/NOPE"));
    await refused(/is no text/, (file) => file.replace("#SESSION_KEY", "#NUMBER"));
    await refused(/kustomize cannot render the folder/, (file) => `${file}\n  - bad: [`);
    await refused(/Vault does not answer/, undefined, { VAULT_ADDR: "http://127.0.0.1:1" });
  });
}).timeout(60_000);
