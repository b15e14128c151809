import assert from "node:assert/strict";
import { enteredVaultKey, enteredVaultPath } from "../../model/names";
import { type ProjectsRun, gitHubTokens, vaultMount } from "../support/projects-run";
import { refusalOf } from "../support/touched";
import { sealedVault } from "../support/sealed-vault";

/** What is refused, and the sentence that a person reads. Nothing of it is left behind once it is corrected. */
export function refusalRows(current: () => ProjectsRun): void {
  describe("role projects, refusals", () => {
    it("T26: without a project's file, preview and up stop before the first change, and say how to go on", async () => {
      const { gitHub, workplace } = current();
      const file = workplace.readProject("shop-eu");
      const before = gitHub.exchanges.length;
      workplace.removeProject("shop-eu");
      const stack = await current().projectsStack();
      const told =
        /projects\/shop-eu\.yaml: is gone, and with it the database orders \(mysql 8\.0, 1Gi\).*put the file back, or retire shop-eu/;
      assert.match(await refusalOf(stack.preview()), told);
      assert.match(await refusalOf(stack.up()), told);
      assert.deepEqual(gitHub.exchanges.slice(before), []);
      workplace.writeProject("shop-eu", file);
      await stack.up({ expectNoChanges: true });
    });

    it("a token that GitHub does not know, or that may ask no more, stops it before the first change", async () => {
      const { hosted } = current().gitHub;
      const stack = await current().projectsStack();
      const token = { owner: "partner", access: "write" } as const;
      hosted.tokens.delete(gitHubTokens.partner);
      assert.match(await refusalOf(stack.up()), /GitHub does not know the token for partner \(401\); make a new one/);
      hosted.tokens.set(gitHubTokens.partner, { ...token, limitedUntil: new Date(Date.now() + 600_000) });
      assert.match(
        await refusalOf(stack.up()),
        /GitHub takes no more requests for now \(rate limit\); run again after/,
      );
      hosted.tokens.set(gitHubTokens.partner, token);
    });

    it("a sealed Vault stops it before the first change", async () => {
      const sealed = await sealedVault();
      const stack = await current().projectsStack();
      await stack.setConfig("idp:vaultAddress", { value: sealed.address });
      const text = await refusalOf(stack.up());
      await stack.setConfig("idp:vaultAddress", { value: current().server.address });
      await sealed.stop();
      assert.match(text, /Vault is sealed; `npm run doctor` says who opens it, .* run again; nothing was changed/);
    });

    it("GitHub's 403, 404 and 422, and a secret that somebody wrote before, each get one sentence", async () => {
      const { gitHub, workplace } = current();
      const [shop, shopEu] = [workplace.readProject("shop"), workplace.readProject("shop-eu")];
      gitHub.hosted.addRepository({ owner: "myorg", name: "taken", visibility: "private" });
      gitHub.hosted.addRepository({ owner: "myorg", name: "old", visibility: "private" }).archived = true;
      gitHub.hosted.addRepository({ owner: "partner", name: "more", visibility: "private" });
      gitHub.hosted.tokens.set(gitHubTokens.partner, { owner: "partner", access: "read" });
      await current().vault.writeSecret(vaultMount, enteredVaultPath("shop", "early", "KEY"), {
        [enteredVaultKey]: "earlier",
      });
      workplace.writeProject("shop", shop.replace(/^databases:$/m, `${wrong}\ndatabases:`));
      workplace.writeProject("shop-eu", shopEu.replace(/^databases:$/m, `${forbidden}\ndatabases:`));
      const stack = await current().projectsStack();
      const text = await refusalOf(stack.up({ continueOnError: true }));
      workplace.writeProject("shop", shop);
      workplace.writeProject("shop-eu", shopEu);
      gitHub.hosted.tokens.set(gitHubTokens.partner, { owner: "partner", access: "write" });
      for (const sentence of sentences) assert.match(text, sentence);
      await stack.up();
      await stack.up({ expectNoChanges: true });
    });

    it("a token of Vault that may not write is told which path it needs", async () => {
      const { vault, workplace } = current();
      const shop = workplace.readProject("shop");
      const policy =
        'path "*" { capabilities = ["read", "list"] }\npath "auth/token/create" { capabilities = ["update"] }';
      await vault.ask({ method: "POST", path: "sys/policies/acl/e2e-reader", body: { policy } });
      workplace.writeProject(
        "shop",
        shop.replace("SESSION_KEY: generated", "SESSION_KEY: generated, SECOND_KEY: generated"),
      );
      const stack = await current().projectsStack();
      const own = stack.workspace.envVars;
      stack.workspace.envVars = { ...own, VAULT_TOKEN: await vault.tokenOf("e2e-reader") };
      const text = await refusalOf(stack.up());
      stack.workspace.envVars = own;
      await vault.ask({ method: "DELETE", path: "sys/policies/acl/e2e-reader" });
      assert.match(
        text,
        /shop: the token for Vault may not do this at idp\/data\/projects\/shop\/applications\/api; `npm run with-vault -- /,
      );
      await stack.up();
      await stack.up({ expectNoChanges: true });
    });
  });
}

/** Applications that cannot be made, each for a reason of its own. */
const wrong = [
  application("nowhere", "{ type: github, owner: myorg, repo: nothing-here }"),
  application("second", "{ type: github, owner: myorg, repo: taken }", "repository: { mode: create }"),
  application("past", "{ type: github, owner: myorg, repo: old }"),
  application(
    "early",
    "{ type: github, owner: myorg, repo: shop-web }",
    "repository: { mode: adopt }",
    "secrets: { KEY: entered }",
  ),
].join("\n");

const forbidden = application("more", "{ type: github, owner: partner, repo: more }");

const sentences = [
  /shop: GitHub does not show the repository myorg\/nothing-here to the token for myorg \(404\); correct `git\.owner`/,
  /shop: a repository of this name exists already \(422\); say `mode: adopt`/,
  /shop: the repository is archived \(403\); unarchive it/,
  /shop-eu: the token for partner may not do this in the repository partner\/more \(403\); give it the permission/,
  /shop: somebody has written idp\/projects\/shop\/applications\/early\/entered\/KEY before this program could; keep its value/,
];

function application(name: string, git: string, ...more: readonly string[]): string {
  return [`  - name: ${name}`, `    git: ${git}`, "    port: 8000", ...more.map((line) => `    ${line}`)].join("\n");
}
