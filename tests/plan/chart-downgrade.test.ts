import assert from "node:assert/strict";
import { differencePlans } from "../../plan/difference";
import type { PlannedVolume } from "../../plan/planned-resource";
import { aRelease, clusterOf } from "../support/plans";

/** What is lost when a release goes from one version of its chart to another. */
function lost(before: string, after: string, volumes: readonly PlannedVolume[] = [{ name: "images", size: "20Gi" }]) {
  const release = (version: string) =>
    clusterOf(aRelease({ volumes, source: { repository: "https://helm.goharbor.io", chart: "harbor", version } }));
  return differencePlans(release(before), release(after)).flatMap(({ dataLoss }) => dataLoss);
}

describe("data loss by an older chart", () => {
  it("is marked for a release with volumes", () => {
    assert.equal(lost("1.19.1", "1.9.0").length, 1);
    assert.match(
      lost("1.19.1", "1.9.0").join(),
      /goes back from 1\.19\.1 to 1\.9\.0, whose software may not read the volumes/,
    );
  });

  it("is not marked for a newer chart, nor where there is nothing to lose", () => {
    assert.deepEqual(lost("1.9.0", "1.19.1"), []);
    assert.deepEqual(lost("1.19.1", "1.9.0", []), []);
    assert.deepEqual(lost("1.19.1", "1.9.0", [{ name: "trivy", size: "5Gi", isCache: true }]), []);
  });
});
