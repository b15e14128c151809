import assert from "node:assert/strict";
import { publicGitHubKeys } from "../../../model/github-host-keys";
import { platformOutputs } from "../../../model/platform-outputs";
import { projectsSettings } from "../../../model/projects-settings";
import { planPlatformOutputs } from "../../../plan/platform/platform-outputs";
import { projectCluster } from "../../../plan/projects/project-cluster";
import { someSettings } from "../../support/cluster";

const platform = planPlatformOutputs(someSettings());
const line = "github.lab.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

function settingsWith(github: object) {
  return projectsSettings.safeParse({ platform: "homelab", gitOps: { owner: "myorg" }, github });
}

function keysWith(github: object): string | undefined {
  const { data } = settingsWith(github);
  return data && projectCluster(platform, data).gitHub.knownHosts;
}

describe("keys by which GitHub proves itself", () => {
  const baseUrl = "https://github.lab.example/";

  it("are those of github.com, whatever the configuration says, unless it is another server", () => {
    for (const github of [{}, { knownHosts: line }, { baseUrl: "https://github.com/" }])
      assert.equal(keysWith(github), publicGitHubKeys);
    assert.equal(keysWith({ baseUrl, knownHosts: line }), line);
    assert.equal(keysWith({ baseUrl }), "");
  });

  it("are lines as ssh-keyscan prints them", () => {
    const scanned = `# github.lab.example:22 SSH-2.0-babeld\n${line}\n[github.lab.example]:2222 ecdsa-sha2-nistp256 AAAA= me\n`;
    for (const knownHosts of ["", line, scanned]) assert.ok(settingsWith({ baseUrl, knownHosts }).success, knownHosts);
    for (const knownHosts of ["github.lab.example", "SHA256:abc", `${line}\nssh-rsa AAAA`, "x ssh-dss $(id)"])
      assert.equal(settingsWith({ baseUrl, knownHosts }).success, false, knownHosts);
  });
});

describe("authority of the cluster's own", () => {
  it("is told to the projects stack, and is none on a platform that says nothing of it", () => {
    const { labAuthority, ...older } = platform;
    assert.equal(labAuthority, true);
    assert.equal(platformOutputs.parse(older).labAuthority, false);
    const acme = { mode: "acme", email: "me@example.com", challenge: { type: "http01" } };
    assert.equal(planPlatformOutputs(someSettings({ tls: acme })).labAuthority, false);
  });
});
