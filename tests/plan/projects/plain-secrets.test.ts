import assert from "node:assert/strict";
import { planProject } from "../../../plan/projects/project";
import { someCluster, someProject } from "../../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const body = "aB3".repeat(12);

function warnings(fields: object): readonly string[] {
  const project = someProject({ applications: [{ name: "api", git, port: 8080, ...fields }] });
  return planProject(project, someCluster).component.warnings.filter((text) => text.includes("secret"));
}

/** Put together here, so that no scanner takes this file for a leak. */
const tokens = [
  ...["ghp", "github_pat", "gho", "ghs", "npm"].map((start) => `${start}_${body}`),
  `glpat-${body}`,
  `AKIA${"Q7".repeat(8)}`,
  `xoxb-123456789012-${body}`,
  ["-----BEGIN", "OPENSSH PRIVATE", "KEY-----\nb3BlbnNzaC1rZXk"].join(" "),
  `https://x-access-token:ghp_${body}@github.com/myorg/my-api.git`,
];

describe("secrets in plain fields", () => {
  for (const token of tokens) {
    it(`are warned of and never shown: ${token.slice(0, 12).trim()}...`, () => {
      assert.deepEqual(warnings({ build: { args: { VERSION: token } } }), [
        "shop/api: `build.args.VERSION` looks like a secret, and anyone who has the image can read it; enter it in Vault by " +
          "`build.secrets`, and revoke it if it was a real secret that was committed",
      ]);
      assert.deepEqual(warnings({ env: { UPSTREAM: token } }), [
        "shop/api: `env.UPSTREAM` looks like a secret, and stands readable in the GitOps repository; use `secrets`, and revoke " +
          "it if it was a real secret that was committed",
      ]);
    });
  }

  for (const name of ["NPM_TOKEN", "AUTHTOKEN", "DB_PASSWORD", "SECRET", "SSH_PRIVATE_KEY", "stripe_api_key"]) {
    it(`are warned of by the name of a build argument: ${name}`, () => {
      const [warning, ...others] = warnings({ build: { args: { [name]: "hunter2" } } });
      assert.match(warning ?? "", new RegExp(`^shop/api: \`build\\.args\\.${name}\` looks like a secret`));
      assert.doesNotMatch(warning ?? "", /hunter2/);
      assert.deepEqual(others, []);
      assert.deepEqual(warnings({ build: { args: { [name]: "" } } }), []);
      assert.deepEqual(warnings({ env: { [name]: "$(OTHER)" } }), []);
    });
  }

  it("need another builder than kaniko", () => {
    const [warning] = warnings({ build: { builder: "kaniko", args: { NPM_TOKEN: "x" } } });
    assert.match(warning ?? "", /enter it in Vault by `build\.secrets` \(with `builder: buildkit`\)/);
  });

  it("are none where only the start of a word is like that of a token", () => {
    const harmless = ["npm_config", "AKIA", "a public -----BEGIN CERTIFICATE-----", "xoxo", "1.2.3", "TOKEN", "ghp_"];
    for (const text of harmless)
      assert.deepEqual(warnings({ build: { args: { VERSION: text, TOKEN_NAME: text } }, env: { A: text } }), []);
  });
});
