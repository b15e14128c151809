import assert from "node:assert/strict";
import { gitHubCredentials } from "../../inputs/github-credentials";
import { knownReleaseSecrets, type ReleaseSecrets } from "../../inputs/release-secrets";
import { InputError } from "../../model/input-error";
import type { Json } from "../../model/json";

const stack = "homelab-projects";
const fine = "github_pat_canary";

/** The lines of the report, without its head; no value is in it. */
function report(given: Partial<ReleaseSecrets>, githubTokens: Json = {}): readonly string[] {
  const all = { statusTokens: {}, chatWebhook: "", ...given };
  const secrets = { githubTokens, githubAppKeys: {}, variables: [], releaseSecrets: all };
  try {
    gitHubCredentials({ stack, owners: [], apps: {}, secrets });
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    assert.doesNotMatch(error.message, /canary/);
    return error.message.split("\n").slice(1);
  }
}

describe("tokens for commit statuses", () => {
  it("are one for each owner, known by name alone", () => {
    const given = { statusTokens: { MyOrg: fine, other: `${fine}2` }, chatWebhook: "" };
    assert.deepEqual(report(given), []);
    const { parts, values } = knownReleaseSecrets(stack, given);
    assert.deepEqual([...parts], [["githubStatusTokens", ["myorg", "other"]]]);
    assert.deepEqual(values, { "githubStatusTokens.myorg": fine, "githubStatusTokens.other": `${fine}2` });
    assert.deepEqual(knownReleaseSecrets(stack, undefined), { parts: new Map(), values: {} });
  });

  it("T31: are no classic tokens and no tokens of OAuth apps, with the permission that is enough", () => {
    const lines = report({ statusTokens: { myorg: "ghp_canary", other: "gho_canary" } });
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? "", /Pulumi\.homelab-projects\.yaml: idp:githubStatusTokens\.myorg: is a classic token/);
    const advice =
      /; revoke it, and make a fine-grained token for the repositories of myorg with the permission Commit statuses \(read and write\) alone/;
    assert.match(lines[0] ?? "", advice);
    assert.match(
      lines[0] ?? "",
      /set it with `pulumi config set --secret --path idp:githubStatusTokens\.myorg --stack homelab-projects`$/,
    );
    assert.match(lines[1] ?? "", /idp:githubStatusTokens\.other: is the token of an OAuth app/);
  });

  it("T31: are not the tokens that make repositories, which the cluster never has", () => {
    const [line, ...more] = report({ statusTokens: { MyOrg: fine } }, { myorg: fine });
    assert.deepEqual(more, []);
    assert.match(
      line ?? "",
      /idp:githubStatusTokens\.MyOrg: is the token of idp:githubTokens\.myorg; make a fine-grained/,
    );
    assert.deepEqual(report({ statusTokens: { myorg: fine } }, { myorg: `${fine}2`, other: fine }), []);
  });

  const odd: readonly (readonly [string, Json, RegExp])[] = [
    ["no text", { myorg: 1 }, /idp:githubStatusTokens\.myorg: is no text; set the token itself: `/],
    ["a line break", { myorg: "github_pat_canary\n" }, /has a blank, a line break, a quote/],
    ["one for all owners", fine, /idp:githubStatusTokens: is not set by owner; set one for each owner with `.*\.OWNER/],
    ["one owner twice", { myorg: fine, MYORG: fine }, /idp:githubStatusTokens\.MYORG: is the same owner as myorg/],
  ];
  for (const [title, statusTokens, expected] of odd)
    it(`are refused with ${title}`, () => {
      const [line, ...more] = report({ statusTokens });
      assert.deepEqual(more, []);
      assert.match(line ?? "", expected);
    });
});

describe("the chat's webhook", () => {
  it("is an address of the web, with TLS", () => {
    const chatWebhook = "https://hooks.slack.com/services/canary";
    assert.deepEqual(report({ chatWebhook }), []);
    const { parts, values } = knownReleaseSecrets(stack, { statusTokens: {}, chatWebhook });
    assert.deepEqual([parts.get("chatWebhook"), values], [[], { chatWebhook }]);
    for (const other of ["http://canary.example", "canary", "https://", "https://a b/canary", "https://a/canary\n"])
      assert.deepEqual(report({ chatWebhook: other }), [
        "  Pulumi.homelab-projects.yaml: idp:chatWebhook: is no address that starts with `https://`; set the webhook's " +
          "address again: `pulumi config set --secret idp:chatWebhook --stack homelab-projects`",
      ]);
  });
});
