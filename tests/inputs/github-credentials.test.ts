import assert from "node:assert/strict";
import { gitHubCredentials, type GitHubCredentialArgs, type GitHubSecrets } from "../../inputs/github-credentials";
import { InputError } from "../../model/input-error";

const fine = "github_pat_canary";
const key = "-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----\n";
const app = { id: 12, installationId: 34 };

type Given = Partial<Omit<GitHubCredentialArgs, "secrets">> & { readonly secrets?: Partial<GitHubSecrets> };

function read({ secrets = {}, ...changes }: Given) {
  const none = { githubTokens: {}, githubAppKeys: {}, variables: [] };
  const base = { stack: "homelab-projects", owners: ["MyOrg"], apps: {} };
  return gitHubCredentials({ ...base, ...changes, secrets: { ...none, ...secrets } });
}

/** The lines of the report, without its head. */
function report(given: Given): readonly string[] {
  try {
    read(given);
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    assert.doesNotMatch(error.message, /canary/);
    return error.message.split("\n").slice(1);
  }
}

describe("credentials for GitHub", () => {
  it("are a token or an App for each owner in use, in whatever letters", () => {
    const credentials = read({
      owners: ["MyOrg", "myorg", "other"],
      apps: { Other: app, unused: app },
      secrets: { githubTokens: { myOrg: fine, spare: fine }, githubAppKeys: { other: key, unused: key } },
    });
    assert.deepEqual(
      [...credentials],
      [
        ["myorg", { kind: "token", token: fine }],
        ["other", { kind: "app", ...app, key }],
      ],
    );
  });

  it("are refused when an owner in use has none, with the token to make and the command that sets it", () => {
    assert.deepEqual(report({ owners: ["MyOrg", "myorg"] }), [
      "  Pulumi.homelab-projects.yaml: idp:githubTokens: has no token for myorg, whose repositories are in use, and " +
        "`idp:github` has no App for it; make a fine-grained token for the repositories of myorg with the permissions " +
        "Administration, Contents and Webhooks (read and write) and Metadata (read), or an App with the same; set the " +
        "token with `pulumi config set --secret --path idp:githubTokens.myorg --stack homelab-projects`",
    ]);
  });

  it("T31: are no classic tokens and no tokens of OAuth apps, in use or not", () => {
    const lines = report({ secrets: { githubTokens: { myorg: "ghp_canary", spare: "gho_canary" } } });
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? "",
      /idp:githubTokens\.myorg: is a classic token, which reaches every repository that its user reaches; revoke it, and make a fine-grained token/,
    );
    assert.match(lines[1] ?? "", /idp:githubTokens\.spare: is the token of an OAuth app such as `gh`, which reaches/);
  });

  it("T31: are no classic tokens of the old form either", () => {
    const lines = report({ secrets: { githubTokens: { myorg: "0123456789abcdef0123456789ABCDEF01234567" } } });
    assert.match(lines.join("\n"), /^ +\S+ idp:githubTokens\.myorg: is a classic token, which reaches .*; revoke it/);
    assert.equal(lines.length, 1);
  });

  it("hold nothing that cannot be sent to GitHub", () => {
    const wrong = [" github_pat_canary", "github_pat_canary ", "github_pat_canary\n", "\ufeffgithub_pat_canary"];
    const quoted = ['"github_pat_canary"', "'github_pat_canary'", "`ghp_canary`", "ghp_canary\r\n", "gïthub_pat_x"];
    for (const token of [...wrong, ...quoted, "github_pat_canary\ngithub_pat_canary", "Bearer github_pat_canary"]) {
      const lines = report({ secrets: { githubTokens: { myorg: token } } });
      assert.equal(lines.length, 1, token);
      assert.match(
        lines[0] ?? "",
        /idp:githubTokens\.myorg: has a blank, a line break, a quote or a letter that is in no token; set the token alone again: `pulumi config set --secret --path/,
      );
    }
  });

  it("may have any length and any other form: GitHub changes both", () => {
    for (const token of ["github_pat_x", "ghs_x", "v1.x", "0123456789abcdef".repeat(40)])
      assert.deepEqual(report({ secrets: { githubTokens: { myorg: token } } }), [], token);
  });

  it("are text, and the key of an App is a private key", () => {
    for (const value of [12, true, null, "", "  ", {}, [fine]])
      assert.match(
        report({ secrets: { githubTokens: { myorg: value } } }).join(),
        /githubTokens\.myorg: is no text; set/,
      );
    const pem = "is no private key in PEM; make a private key on the App's page";
    for (const value of [12, "canary", "-----BEGIN CERTIFICATE-----\ncanary", { canary: key }]) {
      const lines = report({ apps: { myorg: app }, secrets: { githubAppKeys: { myorg: value } } });
      assert.equal(lines.length, 1);
      assert.ok(lines[0]?.includes(`idp:githubAppKeys.myorg: ${pem}`));
    }
  });

  it("are set by owner, and one text for all is told from it without being shown", () => {
    const lines = report({ secrets: { githubTokens: "github_pat_canary", githubAppKeys: ["canary"] } });
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? "",
      /idp:githubAppKeys: is not set by owner; set one for each owner with `.*\.OWNER --stack homelab-projects < FILE`, which replaces/,
    );
    assert.match(
      lines[1] ?? "",
      /idp:githubTokens: is not set by owner; .*`pulumi config set --secret --path idp:githubTokens\.OWNER --stack homelab-projects`/,
    );
  });

  it("are one for each owner: no App beside a token, no App without key, no key without App, no owner twice", () => {
    const cases: readonly (readonly [Given, RegExp])[] = [
      [
        { apps: { MYORG: app }, secrets: { githubTokens: { myorg: fine }, githubAppKeys: { myorg: key } } },
        /idp:github\.apps\.MYORG: is an App beside a token for MYORG; keep one of the two$/,
      ],
      [{ apps: { myorg: app } }, /idp:github\.apps\.myorg: is an App without its private key; make a private key/],
      [
        { secrets: { githubTokens: { myorg: fine }, githubAppKeys: { other: key } } },
        /idp:githubAppKeys\.other: is the private key of no App; set `idp:github\.apps\.other` with its `id`/,
      ],
      [
        { secrets: { githubTokens: { myorg: fine, MyOrg: fine } } },
        /idp:githubTokens\.MyOrg: is the same owner as myorg; keep one$/,
      ],
    ];
    for (const [given, expected] of cases) {
      const lines = report(given);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0] ?? "", expected);
    }
  });

  it("are not those of the environment, which GitHub's provider would obey for every owner", () => {
    const lines = report({ secrets: { githubTokens: { myorg: fine }, variables: ["GITHUB_OWNER"] } });
    assert.deepEqual(lines, [
      "  GITHUB_OWNER: is set in the environment, and GitHub's provider would obey it for every owner; " +
        "run Pulumi without it: `unset GITHUB_OWNER`",
    ]);
  });

  it("are checked as far as they are set while nobody knows the owners", () => {
    assert.deepEqual(report({ owners: [] }), []);
    const lines = report({ owners: [], secrets: { githubTokens: { spare: "ghp_canary" } } });
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /idp:githubTokens\.spare: is a classic token/);
  });

  it("are reported all at once", () => {
    const lines = report({
      owners: ["myorg", "other", "third"],
      apps: { other: app },
      secrets: { githubTokens: { myorg: "ghp_canary" }, variables: ["GITHUB_APP_ID"] },
    });
    assert.equal(lines.length, 4);
  });
});
