import assert from "node:assert/strict";
import { type ReleaseMode, releaseModes } from "../../../model/build";
import { isJsonObject, type JsonObject, toJson } from "../../../model/json";
import { isSecretText, secretMark } from "../../../model/secret-text";
import { planReleases } from "../../../plan/pipeline/releases";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { programs } from "../../../plan/program-files";
import { at } from "../../support/at";
import { list } from "../../support/releases/report-tasks";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

function projectOf(modes: readonly ReleaseMode[], name = "shop") {
  const applications = modes.map((mode) => ({
    ...{ name: `by-${mode}`, port: 80, release: { mode } },
    git: { type: "github", owner: "myorg", repo: "my-api", branch: "release/1" },
  }));
  return someProject({ applications }, name);
}

function planned(modes: readonly ReleaseMode[], dispatch = true) {
  const projects = [projectOf(modes), projectOf(modes, "shop-test")];
  const presentSecrets = { statusOwners: [], chat: false, dispatch };
  const { resources } = planReleases({ cluster: someCluster, projects, presentSecrets });
  const [template] = manifestsOf(resources, "WorkflowTemplate");
  const templates = list(at(template, "manifest", "spec", "templates"));
  const named = (name: string) => templates.find((one) => at(one, "name") === name);
  return { resources, template, templates, named, pods: templates.filter((one) => at(one, "container") !== undefined) };
}

const everything = planned(releaseModes);

function environment(template: unknown): Readonly<Record<string, unknown>> {
  const entries = list(at(template, "container", "env"));
  return Object.fromEntries(entries.map((entry) => [String(at(entry, "name")), at(entry, "value")]));
}

function entriesOf(value: unknown): JsonObject {
  const object = toJson(value);
  assert.ok(isJsonObject(object));
  return object;
}

/** Names of the pods whose template speaks of it. */
function holders(text: string): readonly unknown[] {
  return everything.pods.filter((pod) => JSON.stringify(pod).includes(`"${text}"`)).map((pod) => at(pod, "name"));
}

describe("release modes", () => {
  it("are those of the applications that there are, and the usual one", () => {
    const modesOf = ({ template }: ReturnType<typeof planned>) => {
      const parameters = list(at(template, "manifest", "spec", "arguments", "parameters"));
      return at(
        parameters.find((one) => at(one, "name") === "mode"),
        "enum",
      );
    };
    assert.deepEqual(modesOf(everything), [...releaseModes]);
    assert.deepEqual(modesOf(planned([])), ["commit"]);
    assert.deepEqual(modesOf(planned(["restart"])), ["commit", "restart"]);
    const names = (modes: readonly ReleaseMode[]) => planned(modes).resources.map(({ name }) => name);
    const usual = names(["commit"]);
    assert.deepEqual(names(["image-updater"]), usual);
    assert.deepEqual(
      names(["dispatch"]).filter((name) => !usual.includes(name)),
      ["pipeline.github-dispatch"],
    );
    assert.deepEqual(
      names(["restart"]).filter((name) => !usual.includes(name)),
      ["pipeline.moving-tags", "pipeline.restarter", "pipeline.restarter-results"],
    );
  });

  it("each leave the sentence that GitHub shows", () => {
    for (const mode of releaseModes) {
      const names = list(at(everything.named(mode), "outputs", "parameters")).map((one) => at(one, "name"));
      assert.ok(names.includes("description"), mode);
    }
  });

  it("T31: the write key is where the GitOps repository is written, and the token where GitHub is asked", () => {
    assert.deepEqual(holders("gitops-write-key"), ["commit", "image-updater", "restart-file"]);
    assert.deepEqual(holders("github-dispatch"), ["dispatch"]);
  });

  it("T16, T31: the token is known by its name alone, and no pod waits where there is none", () => {
    const secrets = manifestsOf(everything.resources, "Secret").map(({ manifest }) => [
      manifest.metadata.name,
      Object.entries(entriesOf(at(manifest, "stringData"))).map(([key, value]) => [
        key,
        isSecretText(value) ? secretMark(value) : "in plain text",
      ]),
    ]);
    assert.deepEqual(secrets, [["github-dispatch", [["token", "<secret githubDispatchToken>"]]]]);
    assert.deepEqual(manifestsOf(planned(releaseModes, false).resources, "Secret"), []);
    const volumes = list(at(everything.named("dispatch"), "volumes"));
    const token = volumes.find((volume) => at(volume, "name") === "dispatch-token");
    assert.deepEqual(at(token, "secret"), { secretName: "github-dispatch", optional: true, defaultMode: 0o440 });
  });

  it("T34: all name an image of the cluster's own registry", () => {
    const image = "harbor.lab.example/{{workflow.parameters.project}}/{{workflow.parameters.application}}";
    for (const name of ["commit", "dispatch", "image-updater", "restart-file"])
      assert.equal(environment(everything.named(name))["IMAGE"], image, name);
  });

  it("put what a report says into variables alone", () => {
    for (const program of [programs.dispatch, programs.restart]) assert.doesNotMatch(program, /\{\{/);
    for (const pod of everything.pods) {
      const { env, ...rest } = entriesOf(at(pod, "container"));
      assert.ok(list(env).length > 0);
      assert.doesNotMatch(JSON.stringify(rest), /\{\{/);
      assert.equal(at(pod, "podSpecPatch"), undefined);
    }
  });

  it("T12, T14: meet the level `restricted`, ask for what they take, and have an end", () => {
    for (const pod of everything.pods) {
      assert.deepEqual(at(pod, "container", "securityContext"), {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
      assert.notEqual(at(pod, "container", "resources", "limits", "memory"), undefined);
      assert.ok(Number(at(pod, "activeDeadlineSeconds")) <= 600);
    }
  });

  it("say what they are to the script of all of them", () => {
    const modes = ["commit", "image-updater", "restart-file"].map(
      (name) => environment(everything.named(name))["MODE"],
    );
    assert.deepEqual(modes, [undefined, "image-updater", "restart"]);
  });
});

describe("release by restart", () => {
  const { resources, named } = everything;

  function only(kind: string, name: string): PlannedManifest["manifest"] {
    const [found, ...more] = manifestsOf(resources, kind).filter(({ manifest }) => manifest.metadata.name === name);
    assert.ok(found && more.length === 0, `${kind} ${name}`);
    return found.manifest;
  }

  it("T02: runs as an account of its own, which may leave results here and nothing else", () => {
    const accounts = everything.templates.map((one) => [at(one, "name"), at(one, "serviceAccountName")]);
    assert.deepEqual(
      accounts.filter(([, account]) => account !== undefined),
      [["restart-pods", "restarter"]],
    );
    assert.deepEqual(at(only("RoleBinding", "restarter"), "subjects"), [
      { kind: "ServiceAccount", name: "restarter", namespace: "releases" },
    ]);
    assert.equal(at(only("RoleBinding", "restarter"), "roleRef", "name"), "workflows");
    assert.equal(manifestsOf(resources, "Role").length, 1);
    assert.equal(only("ServiceAccount", "restarter").metadata["namespace"], "releases");
  });

  it("sees the account's token in the one container that starts pods, and no other container sees one", () => {
    const place = "/var/run/secrets/kubernetes.io/serviceaccount";
    const covered = everything.pods.filter((pod) =>
      list(at(pod, "container", "volumeMounts")).some((mount) => at(mount, "mountPath") === place),
    );
    const names = (pods: readonly unknown[]) => pods.map((pod) => at(pod, "name"));
    assert.deepEqual(
      names(everything.pods).filter((name) => !names(covered).includes(name)),
      ["restart-pods"],
    );
    const { TOKEN_FILE, NODE_EXTRA_CA_CERTS, KUBERNETES_URL } = environment(named("restart-pods"));
    assert.deepEqual([TOKEN_FILE, NODE_EXTRA_CA_CERTS], [`${place}/token`, `${place}/ca.crt`]);
    assert.equal(KUBERNETES_URL, "https://kubernetes.default.svc");
  });

  it("starts pods only once the file names their tag", () => {
    const tasks = list(at(named("restart"), "dag", "tasks"));
    assert.deepEqual(
      tasks.map((task) => [at(task, "template"), at(task, "depends")]),
      [
        ["restart-file", undefined],
        ["restart-pods", "file"],
      ],
    );
  });

  it("knows the tag of each application of the mode", () => {
    assert.deepEqual(at(only("ConfigMap", "moving-tags"), "data"), {
      "shop.by-restart": "branch-release_2f_1",
      "shop-test.by-restart": "branch-release_2f_1",
    });
    const mounts = list(at(named("restart-file"), "container", "volumeMounts"));
    const folder = mounts.find((mount) => at(mount, "name") === "moving-tags");
    assert.equal(environment(named("restart-file"))["TAGS"], at(folder, "mountPath"));
  });
});
