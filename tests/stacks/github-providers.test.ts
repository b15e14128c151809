import assert from "node:assert/strict";
import type { GitHubCredential } from "../../inputs/github-credentials";
import { gitHubProviders } from "../../stacks/providers";
import { deploy, type Registration } from "../support/mock-engine";

const key = "-----BEGIN RSA PRIVATE KEY-----\ncanary-key\n-----END RSA PRIVATE KEY-----\n";
const credentials = new Map<string, GitHubCredential>([
  ["myorg", { kind: "token", token: "github_pat_canary" }],
  ["other", { kind: "app", id: 12, installationId: 34, key }],
]);
const variables = { GITHUB_TOKEN: "canary-of-the-environment", GITHUB_BASE_URL: "https://elsewhere.example/" };

describe("providers of GitHub", () => {
  const before: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    Object.keys(variables).map((name) => [name, process.env[name]]),
  );
  let providers: readonly Registration[];

  beforeEach(async () => {
    Object.assign(process.env, variables);
    providers = await deploy(() => gitHubProviders(credentials, ""));
  });

  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  it("are one for each owner", () => {
    assert.deepEqual(
      providers.map(({ type, name, inputs }) => [type, name, inputs["owner"]]),
      [
        ["pulumi:providers:github", "github-myorg", "myorg"],
        ["pulumi:providers:github", "github-other", "other"],
      ],
    );
  });

  it("T16: hold a token or the key of an App as a secret", () => {
    const [token, app] = providers;
    assert.equal(token?.inputs["token"], "github_pat_canary");
    assert.ok(!("appAuth" in token.inputs));
    assert.deepEqual(JSON.parse(String(app?.inputs["appAuth"])), { id: "12", installationId: "34", pemFile: key });
    assert.ok(app?.secretInputs.includes("appAuth"));
    for (const { inputs, secretInputs } of providers)
      for (const [name, value] of Object.entries(inputs))
        assert.equal(JSON.stringify(value).includes("canary"), secretInputs.includes(name) && value !== "", name);
  });

  it("take nothing from the environment", async () => {
    assert.deepEqual(
      providers.map(({ inputs }) => inputs["baseUrl"]),
      ["https://api.github.com/", "https://api.github.com/"],
    );
    assert.doesNotMatch(JSON.stringify(providers), /environment/);
    const [own] = await deploy(() => gitHubProviders(credentials, "https://github.lab.example/"));
    assert.equal(own?.inputs["baseUrl"], "https://github.lab.example/");
  });
});
