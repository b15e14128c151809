import assert from "node:assert/strict";
import { workflowAccountName } from "../../../model/pipeline-names";
import { isSecretText, secretMark } from "../../../model/secret-text";
import { namespaceOf } from "../../../plan/manifest";
import { planReleases } from "../../../plan/pipeline/releases";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { entriesOf, list } from "../../support/releases/report-tasks";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

const application = (owner: string, repo: string) => ({
  ...{ name: repo, port: 80, git: { type: "github", owner, repo, branch: "main" } },
});
const projects = [someProject({ applications: [application("MyOrg", "api"), application("other", "web")] })];
const presentSecrets = { statusOwners: ["myorg", "stranger"], chat: true };
const { resources } = planReleases({ cluster: someCluster, projects, presentSecrets });
const template = only("WorkflowTemplate");

function only(kind: string, name?: string): PlannedManifest["manifest"] {
  const found = manifestsOf(resources, kind).filter(
    ({ manifest }) => name === undefined || manifest.metadata.name === name,
  );
  const [first, ...more] = found;
  assert.ok(first && more.length === 0, `${kind}: ${found.length}`);
  return first.manifest;
}

const templates = list(at(template, "spec", "templates"));
const named = (name: string) => templates.find((one) => at(one, "name") === name);
/** Templates that run something, which is what mounts volumes. */
const pods = templates.filter((one) => at(one, "container") !== undefined);
const environment = (name: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    list(at(named(name), "container", "env")).map((entry) => [String(at(entry, "name")), at(entry, "value")]),
  );

describe("plan of releases", () => {
  it("is all in the namespace of releases, and the template comes last", () => {
    assert.ok(resources.every((one) => one.kind === "manifest" && namespaceOf(one.manifest) === "releases"));
    const last = resources.at(-1);
    assert.deepEqual(
      last?.dependsOn,
      resources.slice(0, -1).map(({ name }) => name),
    );
  });

  it("T02: runs as an account that may leave results, and nothing else", () => {
    assert.equal(at(template, "spec", "serviceAccountName"), workflowAccountName);
    const rights = [{ apiGroups: ["argoproj.io"], resources: ["workflowtaskresults"], verbs: ["create", "patch"] }];
    assert.deepEqual(at(only("Role", workflowAccountName), "rules"), rights);
    const subjects = [{ kind: "ServiceAccount", name: workflowAccountName, namespace: "releases" }];
    assert.deepEqual(at(only("RoleBinding", workflowAccountName), "subjects"), subjects);
    assert.deepEqual([...manifestsOf(resources, "ClusterRole"), ...manifestsOf(resources, "ClusterRoleBinding")], []);
    assert.ok(pods.every((pod) => at(pod, "serviceAccountName") === undefined));
  });

  it("T31: the write key is in the pod that commits, the tokens in the one that tells, and in no other", () => {
    const holders = (secret: string) =>
      pods.filter((pod) => JSON.stringify(pod).includes(`"${secret}"`)).map((pod) => at(pod, "name"));
    assert.deepEqual(holders("gitops-write-key"), ["commit"]);
    assert.deepEqual(holders("github-status"), ["status"]);
    assert.deepEqual(holders("chat"), ["status"]);
    assert.equal(at(template, "spec", "volumes"), undefined);
    assert.doesNotMatch(JSON.stringify(pods.map((pod) => at(pod, "container", "env"))), /secretKeyRef/);
  });

  it("T16, T31: has the tokens of owners in use alone, and the chat's address, by name", () => {
    const texts = manifestsOf(resources, "Secret").map(({ manifest }) => [
      manifest.metadata.name,
      entriesOf(at(manifest, "stringData")).map(([key, value]) => [
        key,
        isSecretText(value) ? secretMark(value) : "in plain text",
      ]),
    ]);
    assert.deepEqual(texts, [
      ["github-status", [["myorg", "<secret githubStatusTokens.myorg>"]]],
      ["chat", [["webhook", "<secret chatWebhook>"]]],
    ]);
    for (const nobody of [undefined, { statusOwners: [], chat: false }]) {
      const bare = planReleases({ cluster: someCluster, projects, ...(nobody ? { presentSecrets: nobody } : {}) });
      assert.deepEqual(manifestsOf(bare.resources, "Secret"), []);
    }
  });

  it("needs neither tokens nor a chat to run", () => {
    const volumes = list(at(named("status"), "volumes")).filter((volume) => at(volume, "secret") !== undefined);
    assert.deepEqual(
      volumes.map((volume) => [at(volume, "secret", "secretName"), at(volume, "secret", "optional")]),
      [
        ["github-status", true],
        ["chat", true],
      ],
    );
  });

  it("T34: releases an image of the cluster's own registry, whatever a report says", () => {
    const parameter = (name: string) => `{{workflow.parameters.${name}}}`;
    const { IMAGE, GITOPS, GITOPS_BRANCH } = environment("commit");
    assert.equal(IMAGE, `harbor.lab.example/${parameter("project")}/${parameter("application")}`);
    assert.deepEqual([GITOPS, GITOPS_BRANCH], [someCluster.gitOps.address, "main"]);
    assert.equal(environment("status")["API"], "https://api.github.com");
  });

  it("puts values of a report into variables alone: never into a program, a command or a patch", () => {
    for (const program of [programs.release, programs.status]) assert.doesNotMatch(program, /\{\{/);
    for (const pod of pods) {
      const container = entriesOf(at(pod, "container"));
      const rest = container.filter(([key]) => key !== "env");
      assert.equal(rest.length, container.length - 1);
      assert.doesNotMatch(JSON.stringify(rest), /\{\{/);
      assert.equal(at(pod, "podSpecPatch"), undefined);
    }
    // In a condition they are variables of an expression, so no text of theirs is read as one.
    const conditions = JSON.stringify(list(at(templates[0], "dag", "tasks")).map((task) => at(task, "when") ?? ""));
    assert.doesNotMatch(conditions, /\{\{[^=]/);
  });

  it("T12: meets the level `restricted`, and writes into volumes alone", () => {
    const security = at(template, "spec", "securityContext");
    assert.deepEqual(
      [at(security, "runAsNonRoot"), at(security, "seccompProfile")],
      [true, { type: "RuntimeDefault" }],
    );
    for (const pod of pods)
      assert.deepEqual(at(pod, "container", "securityContext"), {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
  });

  it("T14: asks for CPU and memory, has a limit of memory and an end", () => {
    for (const pod of pods) {
      for (const path of ["requests.cpu", "requests.memory", "limits.memory"])
        assert.notEqual(at(pod, "container", "resources", ...path.split(".")), undefined, path);
      assert.ok(Number(at(pod, "activeDeadlineSeconds")) <= 600);
    }
  });

  it("runs one report at a time, ahead of builds, and keeps what failed for longer than what did not", () => {
    assert.deepEqual(at(template, "spec", "synchronization"), { mutexes: [{ name: "releases" }] });
    assert.ok(Number(at(template, "spec", "priority")) > 0);
    const [good, bad] = ["secondsAfterSuccess", "secondsAfterFailure"].map((key) =>
      Number(at(template, "spec", "ttlStrategy", key)),
    );
    assert.ok(good !== undefined && bad !== undefined && good <= 3600 && bad > good && bad <= 24 * 3600);
    assert.equal(at(template, "spec", "podGC", "strategy"), "OnWorkflowSuccess");
    assert.ok(Number(at(template, "spec", "activeDeadlineSeconds")) <= 2 * 3600);
  });

  it("tries only the commit again, and only when the program says that it may help", () => {
    assert.equal(at(named("status"), "retryStrategy"), undefined);
    const retry = at(named("commit"), "retryStrategy");
    assert.match(String(at(retry, "expression")), /lastRetry\.exitCode == "75"/);
    assert.ok(Number(at(retry, "limit")) <= 3);
  });
});
