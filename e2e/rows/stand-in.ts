import assert from "node:assert/strict";
import { GitHubStandIn } from "../github/stand-in";

/** Whether the stand-in would notice what GitHub's description does not allow. */
export function standInRows(): void {
  describe("the stand-in of GitHub's API", () => {
    let gitHub: GitHubStandIn;

    before(async () => {
      gitHub = await GitHubStandIn.start();
      gitHub.hosted.addAccount("myorg", "Organization");
      gitHub.hosted.addRepository({ owner: "myorg", name: "api", visibility: "private" });
      gitHub.hosted.tokens.set("github_pat_1", { owner: "myorg", access: "write" });
    });

    after(async () => {
      await gitHub.stop();
    });

    const ask = async (method: string, path: string, body?: object) => {
      const headers = { authorization: "Bearer github_pat_1", "content-type": "application/json" };
      const given = body ? { body: JSON.stringify(body) } : {};
      return (await fetch(`${gitHub.baseUrl}api/v3/${path}`, { method, headers, ...given })).status;
    };

    it("answers as described, and refuses as described", async () => {
      const hook = { name: "web", config: { url: "https://hooks.lab.example/1" } };
      assert.equal(await ask("POST", "repos/myorg/api/hooks", hook), 201);
      assert.equal(await ask("POST", "repos/myorg/api/hooks", hook), 422);
      assert.equal(await ask("GET", "repos/myorg/none"), 404);
      assert.deepEqual(gitHub.defects.splice(0), []);
    });

    it("counts a request that the description does not allow", async () => {
      await ask("POST", "repos/myorg/api/hooks", { name: "web", config: { url: "https://a.example" }, colour: "red" });
      await ask("POST", "repos/myorg/api/keys", { title: "no key" });
      await ask("GET", "repos/myorg/api/stargazers");
      const counted = gitHub.defects.splice(0);
      assert.match(counted[0] ?? "", /hooks: request: .*must NOT have additional properties/);
      assert.match(counted[1] ?? "", /keys: request: .*must have required property 'key'/);
      assert.match(counted.at(-1) ?? "", /stargazers: the stand-in has no such operation/);
    });

    it("counts an answer that the description does not allow", () => {
      const problems = (status: number, body: unknown) =>
        gitHub.api.answerProblems("repos/get-deploy-key", status, body);
      const key = { id: 1, key: "k", url: "u", title: "t", verified: true, created_at: "c", read_only: true };
      assert.deepEqual(problems(200, key), []);
      assert.deepEqual(problems(200, { ...key, read_only: "yes" }), ["/read_only must be boolean"]);
      assert.deepEqual(problems(200, { ...key, id: undefined }), [" must have required property 'id'"]);
      assert.deepEqual(problems(202, key), ["status 202"]);
    });
  });
}
