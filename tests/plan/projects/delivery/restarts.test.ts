import assert from "node:assert/strict";
import { planDelivery } from "../../../../plan/projects/delivery";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles } from "../../../support/delivered";
import { manifestsOf, someCluster, someProject } from "../../../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };

function planned(modes: Readonly<Record<string, string>>) {
  const applications = Object.entries(modes).map(([name, mode]) => ({ name, git, port: 80, release: { mode } }));
  return planDelivery(someProject({ applications }), someCluster);
}

describe("plan of restarts", () => {
  const { resources, warnings } = planned({ web: "restart", api: "restart", jobs: "commit" });

  it("T02: lets releases change the Deployments of the mode's applications, and not even read them", () => {
    const [role, ...others] = manifestsOf(resources, "Role");
    assert.deepEqual(others, []);
    assert.equal(role?.manifest.metadata["namespace"], "shop");
    assert.deepEqual(at(role, "manifest", "rules"), [
      { apiGroups: ["apps"], resources: ["deployments"], resourceNames: ["api", "web"], verbs: ["patch"] },
    ]);
    const [binding] = manifestsOf(resources, "RoleBinding");
    assert.equal(binding?.manifest.metadata["namespace"], "shop");
    assert.deepEqual(at(binding, "manifest", "roleRef", "name"), role.manifest.metadata.name);
    assert.deepEqual(at(binding, "manifest", "subjects"), [
      { kind: "ServiceAccount", name: "restarter", namespace: "releases" },
    ]);
  });

  it("gives no right where nothing is released that way", () => {
    const without = planned({ api: "commit", web: "dispatch" });
    assert.deepEqual([...manifestsOf(without.resources, "Role"), ...manifestsOf(without.resources, "RoleBinding")], []);
    assert.deepEqual(without.warnings, []);
  });

  it("asks for the image at every start, since its tag moves; an image by digest is what it is", () => {
    const policies = gitOpsFiles(resources).map((file) => {
      const container = at(delivered(file, "Deployment")[0], "spec", "template", "spec", "containers", 0);
      return [at(container, "name"), at(container, "imagePullPolicy")];
    });
    assert.deepEqual(policies, [
      ["web", "Always"],
      ["api", "Always"],
      ["jobs", undefined],
    ]);
  });

  it("T34: warns of each application that runs no image by its digest", () => {
    assert.equal(warnings.length, 2);
    for (const [index, name] of ["api", "web"].entries())
      assert.match(
        warnings[index] ?? "",
        new RegExp(`^shop/${name}: .*release\\.mode: restart.*release\\.mode: commit`),
      );
  });
});
