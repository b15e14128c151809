import assert from "node:assert/strict";
import { projectsSettings } from "../../../model/projects-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { projectCluster } from "../../../plan/projects/project-cluster";
import { someSettings } from "../../support/cluster";

function addressWith(baseUrl: string): string {
  const settings = projectsSettings.parse({ platform: "homelab", gitOps: { owner: "myorg" }, github: { baseUrl } });
  return projectCluster(planPlatformOutputs(someSettings()), settings).gitOps.address;
}

describe("the GitOps repository of a cluster", () => {
  const hosts: readonly (readonly [string, string])[] = [
    ["", "github.com"],
    ["https://api.github.com/", "github.com"],
    ["https://github.lab.example/", "github.lab.example"],
    ["https://github.lab.example:8443/api/v3", "github.lab.example"],
    ["https://api.octocorp.ghe.com/", "octocorp.ghe.com"],
    ["https://octocorp.ghe.com", "octocorp.ghe.com"],
    ["https://git.api.example/", "git.api.example"],
  ];
  for (const [baseUrl, host] of hosts) {
    it(`is read by ssh from ${host} when GitHub's address is "${baseUrl}"`, () => {
      assert.equal(addressWith(baseUrl), `git@${host}:myorg/projects-gitops.git`);
    });
  }
});
