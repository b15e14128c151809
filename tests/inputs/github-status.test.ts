import assert from "node:assert/strict";
import type { GitHubCredential } from "../../inputs/github-credentials";
import { gitHubProblem } from "../../inputs/github-status";
import { withService } from "../support/stand-in-service";

const token: GitHubCredential = { kind: "token", token: "github_pat_canary" };

async function problem(status: number, body: unknown): Promise<string | undefined> {
  let said: string | undefined;
  await withService(
    (path) => (path === "/api/v3/rate_limit" ? { status, body } : { status: 500, body: {} }),
    async ({ address, asked }) => {
      said = await gitHubProblem({ owner: "myorg", baseUrl: `${address}/`, credential: token });
      assert.deepEqual(asked, [["/api/v3/rate_limit", "Bearer github_pat_canary"]]);
    },
  );
  return said;
}

function limit(remaining: number): object {
  return { resources: { core: { limit: 5000, remaining, reset: Date.UTC(2026, 7, 21, 15, 4) / 1000 } } };
}

describe("status of GitHub", () => {
  it("is no problem while requests are left, nor on a server that counts none", async () => {
    assert.equal(await problem(200, limit(1)), undefined);
    assert.equal(await problem(404, { message: "Rate limiting is not enabled." }), undefined);
    assert.equal(await problem(200, "<html>"), undefined);
  });

  it("is one sentence with the end of the limit when none are left", async () => {
    assert.equal(
      await problem(200, limit(0)),
      "GitHub takes no more requests for now (rate limit); run again after 2026-08-21 15:04 UTC",
    );
  });

  it("is one sentence when it does not know the token, without showing it", async () => {
    const said = (await problem(401, { message: "Bad credentials github_pat_canary" })) ?? "";
    assert.match(said, /^GitHub does not know the token for myorg \(401\); .*idp:githubTokens\.myorg/);
    assert.doesNotMatch(said, /canary/);
  });

  it("is told when nothing answers, and within the time that it has", async () => {
    const closed = await gitHubProblem({ owner: "myorg", baseUrl: "http://127.0.0.1:9/", credential: token });
    assert.match(closed ?? "", /^GitHub does not answer/);
    await withService(
      () => undefined,
      async ({ address }) => {
        const slow = await gitHubProblem({ owner: "myorg", baseUrl: address, credential: token }, 100);
        assert.match(slow ?? "", /^GitHub does not answer/);
      },
    );
  });

  it("is not asked with the key of an App, which is no token", async () => {
    await withService(
      () => ({ status: 401, body: {} }),
      async ({ address, asked }) => {
        const credential = { kind: "app", id: 1, installationId: 2, key: "canary" } as const;
        assert.equal(await gitHubProblem({ owner: "myorg", baseUrl: address, credential }), undefined);
        assert.deepEqual(asked, []);
      },
    );
  });
});
