import assert from "node:assert/strict";
import { shells } from "../support/git/run-script";
import { releaseFile, RenderRun } from "../support/vault-plugin/render-run";

const path = "idp/data/projects/shop/applications/api";
const usage =
  "Usage:\n  argocd-vault-plugin generate <path> [flags]\n\n  -c, --config-path string  (YAML, JSON, envfile)";

const request = (method: string, url: string, code: number, text: string) =>
  `Error making API request.\n\nURL: ${method} http://vault.vault.svc:8200/v1/${url}\nCode: ${code}. Errors:\n\n* ${text}`;

/** What argocd-vault-plugin 1.18.1 says, and what a person is told. */
const rows: Readonly<Record<string, readonly [string, RegExp]>> = {
  "a key that is not there": [
    `Replace: could not replace all placeholders in Template:\nreplaceString: missing Vault value for placeholder path:${path}#NOPE in string data: <path:${path}#NOPE | base64encode>`,
    /^vault-plugin: Vault has no value for idp\/data\/projects\/shop\/applications\/api#NOPE$/m,
  ],
  "a path that is not there": [
    `Replace: could not replace all placeholders in Template:\nCould not find secrets at path ${path}/entered/X`,
    /Vault has nothing at idp\/data\/projects\/shop\/applications\/api\/entered\/X$/m,
  ],
  "a secret that is deleted": [
    `The secret version  for Vault path ${path} is nil - is this version of the secret deleted?`,
    /the secret at idp\/data\/projects\/shop\/applications\/api is deleted in Vault$/m,
  ],
  "a path of another project": [
    request("GET", "idp/data/projects/other/applications/web", 403, "1 error occurred:\n\t* permission denied"),
    /the project shop may not read idp\/data\/projects\/other\/applications\/web in Vault \(403\)$/m,
  ],
  "a role that is not there": [
    request("PUT", "auth/kubernetes/login", 400, 'invalid role name "project-shop.vault-plugin"'),
    /Vault does not let the role project-shop\.vault-plugin in \(400\); `pulumi up` of the projects stack makes it$/m,
  ],
  "a token that Vault does not take": [
    request("PUT", "auth/kubernetes/login", 403, "permission denied"),
    /Vault does not let the role project-shop\.vault-plugin in \(403\)/,
  ],
  "a sealed Vault": [request("PUT", "auth/kubernetes/login", 503, "Vault is sealed"), /Vault is sealed or starting$/m],
  "trouble inside Vault": [request("GET", path, 500, "internal error"), /Vault answers 500 for idp\/data\/projects/],
  "a Vault that does not answer": [
    'Put "http://vault:8200/v1/auth/kubernetes/login": dial tcp 10.43.0.9:8200: connect: connection refused',
    /Vault does not answer$/m,
  ],
  "a value that is no text": [
    `Replace: could not replace all placeholders in Template:\nbase64encode: invalid datatype json.Number, must be string for placeholder path:${path}#N in string data: <path>`,
    /a value in Vault is no text; enter it as text$/m,
  ],
  "something unknown": ["something canary-secret", /its own words are left out, since they may hold values$/m],
};

describe("script vault-plugin, in trouble", () => {
  for (const [what, [said, sentence]] of Object.entries(rows))
    it(`says in one sentence what it is about ${what}, and nothing that the plugin says`, async () => {
      const render = new RenderRun({ "application.yaml": "kind: Secret\n", "kustomization.yaml": releaseFile });
      render.program("kustomize", "cat application.yaml");
      const text = `Error: ${said} canary-secret\n${usage}`.replaceAll("'", "'\\''");
      // What it prints before it fails may hold values already.
      render.program("argocd-vault-plugin", `cat >/dev/null; echo canary-secret; printf '%s\\n' '${text}' >&2; exit 1`);
      for (const shell of shells) {
        const { code, out, err } = await render.run({}, shell);
        assert.deepEqual([code, out], [1, ""]);
        assert.match(err, sentence);
        assert.equal(err.split("\n").length, 2);
        assert.doesNotMatch(err, /canary/);
      }
      render.remove();
    });

  it("names each of many keys once", async () => {
    const render = new RenderRun({ "application.yaml": "kind: Secret\n" });
    const missing = (key: string) =>
      `replaceString: missing Vault value for placeholder path:${path}#${key} in string x`;
    render.program("kustomize", "cat application.yaml");
    render.program(
      "argocd-vault-plugin",
      `printf '%s\\n' '${missing("B")}' '${missing("A")}' '${missing("B")}' >&2; exit 1`,
    );
    const { err } = await render.run();
    assert.equal(err, `vault-plugin: Vault has no value for ${path}#A ${path}#B\n`);
    render.remove();
  });
});
