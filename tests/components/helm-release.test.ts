import assert from "node:assert/strict";
import { ArgoEvents } from "../../components/argo-events";
import { someFacts } from "../support/cluster";
import { deploy } from "../support/mock-engine";

/** What the release of Argo Events takes its chart from, for an override of a person's. */
async function sourceOf(override: object) {
  const facts = someFacts({ charts: { "argo-events": override } });
  const registered = await deploy(() => new ArgoEvents({ facts, busStorage: "1Gi", busMaxAge: "72h" }));
  const release = registered.find(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  const { chart, version, repositoryOpts } = release?.inputs ?? {};
  return { chart, version, repositoryOpts };
}

describe("source of a release's chart", () => {
  const own = { repo: "https://argoproj.github.io/argo-helm" };

  it("T43: is the catalog's repository at its exact version", async () => {
    assert.deepEqual(await sourceOf({}), { chart: "argo-events", version: "2.4.22", repositoryOpts: own });
  });

  const overrides: readonly (readonly [string, object, object])[] = [
    ["another version", { version: "2.4.26" }, { chart: "argo-events", version: "2.4.26", repositoryOpts: own }],
    [
      "a mirror of the repository",
      { repository: "https://mirror.lab.example/argo" },
      { chart: "argo-events", version: "2.4.22", repositoryOpts: { repo: "https://mirror.lab.example/argo" } },
    ],
    [
      "an OCI registry",
      { repository: "oci://harbor.lab.example/charts/argo-events", version: "2.4.26" },
      { chart: "oci://harbor.lab.example/charts/argo-events", version: "2.4.26", repositoryOpts: undefined },
    ],
    [
      "a folder",
      { directory: "/srv/charts/argo-events" },
      { chart: "/srv/charts/argo-events", version: undefined, repositoryOpts: undefined },
    ],
  ];
  for (const [title, override, expected] of overrides) {
    it(`can be ${title}`, async () => {
      assert.deepEqual(await sourceOf(override), expected);
    });
  }
});
