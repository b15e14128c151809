import assert from "node:assert/strict";
import { checkSettings, type StackSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";

const base = ["config:", "  idp:role: projects", "  idp:platform: homelab", "  idp:gitOps: {owner: myorg}", ""].join(
  "\n",
);

function check(lines: string): StackSettings {
  return checkSettings(parseStackFile({ file: "Pulumi.homelab-projects.yaml", bytes: Buffer.from(base + lines) }));
}

describe("settings for GitHub", () => {
  it("take tokens and keys by owner that are encrypted, one by one or as a whole", () => {
    for (const value of ["{myorg: {secure: v1:abc}}", "{secure: v1:abc}"]) {
      const stack = check(`  idp:githubTokens: ${value}\n  idp:githubAppKeys: ${value}\n`);
      assert.deepEqual([...stack.secrets], ["githubTokens", "githubAppKeys"]);
    }
    assert.deepEqual([...check("  idp:githubTokens: {}\n").secrets], []);
  });

  it("T31: refuse a token in plain text without showing it", () => {
    for (const key of ["githubTokens", "githubAppKeys"]) {
      let message = "";
      try {
        check(`  idp:${key}: {myorg: github_pat_canary}\n`);
      } catch (error) {
        message = String(error);
      }
      assert.match(message, new RegExp(`idp:${key}: is a secret in plain text; revoke it and set a new one`));
      assert.doesNotMatch(message, /canary/);
    }
  });

  it("T31: refuse a token in plain text that stands beside an encrypted one", () => {
    assert.throws(() => check("  idp:githubTokens: {myorg: {secure: v1:abc}, other: github_pat_canary}\n"), {
      name: "InputError",
      message:
        /idp:githubTokens: has a secret in plain text: other; revoke it and set a new one with `pulumi config set --secret --path 'idp:githubTokens\.other'`$/,
    });
  });

  it("make the GitOps repository, closed, on github.com unless told", () => {
    const stack = check("");
    assert.ok(stack.role === "projects");
    assert.deepEqual(stack.settings.gitOps, {
      ...{ owner: "myorg", repository: "projects-gitops", branch: "main", mode: "create", ruleset: true },
    });
    assert.deepEqual(stack.settings.github, { baseUrl: "", apps: {} });
  });

  it("refuse an address with credentials and an App without numbers", () => {
    assert.throws(() => check("  idp:github: {baseUrl: 'https://me:canary@github.lab.example/'}\n"), {
      name: "InputError",
      message: /idp:github\.baseUrl: .*; use an address without user and password/,
    });
    assert.throws(() => check("  idp:github: {apps: {myorg: {id: 1}}}\n"), /idp:github\.apps\.myorg\.installationId/);
  });
});
