import assert from "node:assert/strict";
import { profileNames } from "../../../model/profiles";
import { formatBytes, quantity } from "../../../model/quantity";
import { planPlatformStack } from "../../../plan/platform/platform-stack";
import { someSettings } from "../../support/cluster";

/** What the whole platform asks for with every option on, in cores and bytes. */
function requests(profile: string) {
  const settings = someSettings({
    ...{ profile, webhookHost: "hooks.lab.example", harbor: { trivy: true } },
    argoCd: { imageUpdater: true, vaultPlugin: true },
  });
  const { components } = planPlatformStack("homelab", settings, new Set());
  const workloads = components.flatMap((component) => component.workloads);
  const sum = (resource: "cpu" | "memory") =>
    workloads.reduce((total, { replicas, requests }) => total + replicas * quantity(requests[resource]), 0);
  return { pods: workloads.length, cpu: sum("cpu"), memory: sum("memory") };
}

describe("budget of the platform", () => {
  it("T14: profile nano asks for at most 1.5 CPU and 4 GiB with everything on", () => {
    const { pods, cpu, memory } = requests("nano");
    assert.ok(pods >= 20);
    assert.ok(cpu <= 1.5, String(cpu));
    assert.ok(memory <= quantity("4Gi"), formatBytes(memory));
  });

  it("each profile asks for more than the one before", () => {
    const sums = profileNames.map(requests);
    for (const [index, { cpu, memory }] of sums.entries()) {
      const before = sums[index - 1] ?? { cpu: 0, memory: 0 };
      assert.ok(cpu > before.cpu && memory > before.memory);
    }
  });
});
