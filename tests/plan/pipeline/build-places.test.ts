import assert from "node:assert/strict";
import { platformOutputs } from "../../../model/platform-outputs";
import { projectsSettings } from "../../../model/projects-settings";
import { planBuildPlaces } from "../../../plan/pipeline/build-places";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { projectCluster } from "../../../plan/projects/project-cluster";
import { someSettings } from "../../support/cluster";

describe("builds at a time in a cluster", () => {
  it("are as many as the platform says, and the usual number on one that says nothing of it", () => {
    const { buildPlaces, ...older } = planPlatformOutputs(someSettings({ argoWorkflows: { parallelism: 5 } }));
    const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" } });
    assert.equal(projectCluster({ ...older, buildPlaces }, settings).buildPlaces, 5);
    assert.equal(platformOutputs.parse(older).buildPlaces, someSettings().argoWorkflows.parallelism);
  });

  it("are in an object that no build can change: there is nothing of the project in its namespace", () => {
    const { manifest } = planBuildPlaces({ buildPlaces: 5 });
    assert.deepEqual(manifest.metadata, { name: "builds", namespace: "releases" });
    // The controller reads it as a whole number.
    assert.deepEqual(manifest["data"], { places: "5" });
  });
});
