import assert from "node:assert/strict";
import { canReach, canReachAddress } from "../../support/network-reach";
import { anApplication, build, podOf, policies, traefik } from "../../support/project-network";
import { someProject } from "../../support/some-project";

const privateAddresses = [
  ...["10.43.0.1", "172.20.0.1", "192.168.1.1", "100.100.0.1", "169.254.169.254", "127.0.0.1"],
  ...["fc00::1", "fd12::1", "fe80::1", "::1"],
];

describe("what a project reaches outside of the cluster", () => {
  it("T13: `internet` opens the internet on every port, and nothing of the house or the cluster", () => {
    const project = someProject({ applications: [anApplication("api", { internet: true }), anApplication("web")] });
    const found = policies(project);
    const [api, web] = project.applications.map(podOf);
    assert.ok(api && web);
    for (const address of ["1.1.1.1", "172.32.0.1", "192.167.1.1", "100.63.255.255", "2606:4700::1111"]) {
      assert.equal(canReachAddress(found, api, [address, 8443]), true, address);
      assert.equal(canReachAddress(found, web, [address, 443]), false, address);
    }
    for (const address of privateAddresses) {
      for (const port of [443, 6443, 53]) assert.equal(canReachAddress(found, api, [address, port]), false, address);
    }
  });

  it("T13: builds reach Traefik, git and packages on the internet, and of the house the Kubernetes API alone", () => {
    const found = policies(someProject());
    assert.equal(canReach(found, [build, traefik], 8443), true);
    assert.equal(canReach(found, [build, { namespace: "harbor", labels: {} }], 8080), false);
    for (const port of [22, 80, 443]) {
      assert.equal(canReachAddress(found, build, ["140.82.112.3", port]), true);
      for (const address of privateAddresses) assert.equal(canReachAddress(found, build, [address, port]), false);
    }
    assert.equal(canReachAddress(found, build, ["192.168.1.2", 6443]), true);
    assert.equal(canReachAddress(found, build, ["140.82.112.3", 25]), false);
  });
});
