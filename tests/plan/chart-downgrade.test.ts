import assert from "node:assert/strict";
import { differencePlans } from "../../plan/difference";
import type { PlannedVolume } from "../../plan/planned-resource";
import { aRelease, clusterOf } from "../support/plans";

const volumes: readonly PlannedVolume[] = [{ name: "images", size: "20Gi" }];

/** What is lost when a release goes from one version of its chart to another. */
function lost(before: string, after: string, held = volumes) {
  const release = (version: string) =>
    clusterOf(
      aRelease({ volumes: held, source: { repository: "https://helm.goharbor.io", chart: "harbor", version } }),
    );
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

  it("is not marked for another chart, whose versions are others", () => {
    const source = { repository: "https://charts.example", chart: "vault", version: "0.31.0" };
    const vault = clusterOf(aRelease({ volumes, chart: "vault", source }));
    const openbao = clusterOf(aRelease({ volumes, chart: "openbao", source: { ...source, version: "0.19.0" } }));
    assert.doesNotMatch(JSON.stringify(differencePlans(vault, openbao)), /goes back/);
  });

  it("is not marked for a newer chart, nor where there is nothing to lose", () => {
    assert.deepEqual(lost("1.9.0", "1.19.1"), []);
    assert.deepEqual(lost("1.19.1", "1.9.0", []), []);
    assert.deepEqual(lost("1.19.1", "1.9.0", [{ name: "trivy", size: "5Gi", isCache: true }]), []);
  });
});
