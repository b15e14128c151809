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
  it("take tokens and keys by owner that are encrypted, and know of whom they are", () => {
    const value = "{myorg: {secure: v1:abc}, Other: {secure: v1:def}}";
    const stack = check(`  idp:githubTokens: ${value}\n  idp:githubAppKeys: {myorg: {secure: v1:abc}}\n`);
    assert.deepEqual([...stack.secrets], ["githubTokens", "githubAppKeys"]);
    assert.ok(stack.role === "projects");
    assert.deepEqual(
      [...(stack.secretParts ?? [])],
      [
        ["githubTokens", ["myorg", "Other"]],
        ["githubAppKeys", ["myorg"]],
      ],
    );
    assert.deepEqual([...check("  idp:githubTokens: {}\n").secrets], []);
  });

  it("refuse one secret for all owners, which Pulumi would refuse too, with the command that sets one by owner", () => {
    for (const [key, end] of [
      ["githubTokens", ""],
      ["githubAppKeys", " < FILE"],
    ] as const) {
      const command = `pulumi config set --secret --path idp:${key}.OWNER --stack homelab-projects${end}`;
      assert.throws(() => check(`  idp:${key}: {secure: v1:abc}\n`), {
        name: "InputError",
        message:
          "1 problem in the input; nothing was changed:\n" +
          `  Pulumi.homelab-projects.yaml:5:3: idp:${key}: is not set by owner; ` +
          `set one for each owner with \`${command}\`, which replaces this one`,
      });
    }
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
        /idp:githubTokens: has a secret in plain text: other; revoke it and set a new one with `pulumi config set --secret --path idp:githubTokens\.other --stack homelab-projects`$/,
    });
  });

  it("make the GitOps repository, closed, on github.com unless told", () => {
    const stack = check("");
    assert.ok(stack.role === "projects");
    assert.deepEqual(stack.settings.gitOps, {
      ...{ owner: "myorg", repository: "projects-gitops", branch: "main", mode: "create", ruleset: true },
    });
    assert.deepEqual(stack.settings.github, { baseUrl: "", knownHosts: "", apps: {} });
  });

  it("refuse an owner that GitHub cannot have as a name, not as a value", () => {
    assert.throws(() => check("  idp:github: {apps: {my_org!: {id: 1, installationId: 2}}}\n"), {
      name: "InputError",
      message: /:5:\d+: idp:github\.apps\.my_org!: is not a usable name; use the name of a GitHub user or organisation/,
    });
  });

  it("refuse an address with credentials and an App without numbers", () => {
    assert.throws(() => check("  idp:github: {baseUrl: 'https://me:canary@github.lab.example/'}\n"), {
      name: "InputError",
      message: /idp:github\.baseUrl: .*; use an address without user and password/,
    });
    assert.throws(() => check("  idp:github: {apps: {myorg: {id: 1}}}\n"), /idp:github\.apps\.myorg\.installationId/);
  });
});
