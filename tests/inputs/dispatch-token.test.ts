import assert from "node:assert/strict";
import { dispatchProblems } from "../../inputs/dispatch-token";
import { knownReleaseSecrets } from "../../inputs/release-secrets";
import { presentReleaseSecrets } from "../../plan/pipeline/present-release-secrets";
import { dispatchWarnings } from "../../plan/projects/github-access";
import { projectsSettings } from "../../model/projects-settings";
import { someProject } from "../support/some-project";
import { applicationOf } from "../support/some-repository";

const stack = "homelab-projects";
const fine = "github_pat_canary";
const command = "`pulumi config set --secret idp:githubDispatchToken --stack homelab-projects`";

describe("token that starts workflows of the GitOps repository", () => {
  it("is known by its name alone", () => {
    assert.deepEqual(dispatchProblems(stack, fine, { myorg: `${fine}2` }), []);
    const { parts, values } = knownReleaseSecrets(stack, { statusTokens: {}, chatWebhook: "", dispatchToken: fine });
    assert.deepEqual(parts.get("githubDispatchToken"), []);
    assert.deepEqual(values, { githubDispatchToken: fine });
    assert.equal(presentReleaseSecrets(parts).dispatch, true);
    assert.deepEqual(dispatchProblems(stack, "", {}), []);
    assert.equal(presentReleaseSecrets().dispatch, undefined);
  });

  for (const token of ["ghp_canary", "gho_canary", "a".repeat(40), "two canaries", `${fine}\n`])
    it(`T31: is fine-grained and one text, and no message shows it (${JSON.stringify(token.slice(0, 6))})`, () => {
      const [problem, ...others] = dispatchProblems(stack, token, {});
      assert.deepEqual(others, []);
      assert.equal(problem?.path, "idp:githubDispatchToken");
      const words = `${problem.problem}; ${problem.remedy}`;
      assert.ok(words.includes(command), words);
      assert.doesNotMatch(words, /canar|aaaa/);
    });

  it("T31: is not one of those that make repositories, which the cluster never has", () => {
    const [problem] = dispatchProblems(stack, fine, { myorg: fine });
    assert.equal(problem?.problem, "is one of `idp:githubTokens`");
    assert.match(problem.remedy, /for the GitOps repository alone, with the permission Contents \(read and write\)/);
  });
});

describe("releases by dispatch", () => {
  const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });
  const projectIn = (mode: string) =>
    someProject({ applications: [{ ...applicationOf("api", "my-api"), release: { mode } }] });
  const told = (mode: string, parts?: ReadonlyMap<string, readonly string[]>) =>
    dispatchWarnings({ stack, settings, projects: [projectIn(mode)], ...(parts ? { secretParts: parts } : {}) });

  it("are told of when no token is set, with the command", () => {
    const sentence = `nothing is released by \`release.mode: dispatch\` without a token for the GitOps repository: ${command}`;
    assert.deepEqual(told("dispatch", new Map()), [sentence]);
    assert.deepEqual(told("dispatch", new Map([["githubDispatchToken", []]])), []);
    assert.deepEqual(told("commit", new Map()), []);
    assert.deepEqual(told("dispatch"), []);
  });
});
