import assert from "node:assert/strict";
import { projectsSettings } from "../../../model/projects-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { planProjectsStack } from "../../../plan/projects/projects-stack";
import { someSettings } from "../../support/cluster";
import { applicationOf } from "../../support/some-repository";
import { someProject } from "../../support/some-project";

const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" }, giveUp: ["old"] });

function planned(webhookHost: string, applications: readonly object[]) {
  const platform = planPlatformOutputs(someSettings({ webhookHost }));
  const projects = ["blog", "shop"].map((name) => someProject({ applications }, name));
  return planProjectsStack("homelab-projects", settings, { projects, platform });
}

describe("plan of a projects stack without a public host for webhooks", () => {
  const applications = [applicationOf("api", "api")];
  const unannounced = (warnings: readonly string[]) => warnings.filter((warning) => warning.includes("announces"));

  it("says once for all projects that nothing is announced, and what to set", () => {
    const { warnings, components } = planned("", applications);
    assert.deepEqual(unannounced(warnings), [
      "GitHub announces no push, since the cluster has no public host for webhooks; " +
        "set `idp:webhookHost` in the platform stack",
    ]);
    assert.deepEqual(unannounced(components.flatMap((component) => component.warnings)), []);
  });

  it("says nothing of it with a public host, or when there is nothing to announce", () => {
    assert.deepEqual(unannounced(planned("hooks.example.com", applications).warnings), []);
    assert.deepEqual(unannounced(planned("", []).warnings), []);
  });
});

describe("plan of a projects stack", () => {
  it("knows what is given up", () => {
    assert.deepEqual(planned("", []).giveUp, ["old"]);
  });
});
