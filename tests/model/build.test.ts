import assert from "node:assert/strict";
import fc from "fast-check";
import { build } from "../../model/build";
import { buildDemand, buildQuota } from "../../model/project-quota";
import * as names from "../../model/names";

/** Whether a field takes a value. */
function takes(field: string, value: unknown): boolean {
  return build.safeParse({ [field]: value }).success;
}

const commit = "a".repeat(64);
const cases: readonly (readonly [field: string, good: readonly unknown[], bad: readonly unknown[]])[] = [
  ["context", [".", "services/api", ".github", "a_b+c@d"], ["", "/x", "..", "a/../b", "a b", "a$(x)", "a\nb"]],
  ["dockerfile", ["Dockerfile", "docker/Dockerfile.prod"], ["/Dockerfile", "../Dockerfile", "-f x;y"]],
  ["target", ["production", "stage-1"], ["1st", "", "a b", "{{x}}"]],
  ["args", [{}, { A: "1", b_2: "x\ny" }], [{ "1A": "x" }, { A: 1 }, { "A=B": "x" }, { A: "x".repeat(16_384) }]],
  ["secrets", [[], ["NPM_TOKEN"]], [["npm-token"], ["../x"], [""]]],
  ["paths", [[], ["api/", "package.json"]], [["/api"], ["api/*"], ["../x"], [""]]],
  ["platforms", [["linux/amd64"], ["linux/arm/v7"]], [["windows/amd64"], ["linux"], ["linux/amd64,linux/arm64"]]],
  ["builder", ["buildkit", "kaniko"], ["docker", ""]],
  [
    "image",
    ["docker.io/moby/buildkit:v0.32.2-rootless", `ghcr.io/a/b@sha256:${commit}`, "reg.lab:5000/a/b:1"],
    [
      "moby/buildkit:latest",
      "docker.io/moby/buildkit",
      "docker.io/moby/buildkit:latest",
      "docker.io/x/y:1 --privileged",
    ],
  ],
  ["minutes", [1, 30, 240], [0, 241, 1.5, "30"]],
  [
    "test",
    [{ image: "docker.io/library/node:24", command: "npm ci && npm test" }],
    [
      { image: "node", command: "x" },
      { image: "docker.io/library/node:24", command: "" },
      { image: "docker.io/library/node:24", command: "echo {{workflow.uid}}" },
      { command: "x" },
    ],
  ],
  ["scan", [{}, { mode: "warn" }, { mode: "enforce", severity: "CRITICAL" }], [{ mode: "on" }, { severity: "bad" }]],
  ["sign", [true, false], ["yes", 1]],
  ["resources", [{}, { cpu: 1, disk: "20Gi" }], [{ memory: 512 }, { disk: "10" }, { gpu: 1 }]],
];

describe("what a file says of builds", () => {
  for (const [field, good, bad] of cases) {
    it(`${field}: takes what can be built, and refuses the rest`, () => {
      for (const value of good) assert.equal(takes(field, value), true, JSON.stringify(value));
      for (const value of bad) assert.equal(takes(field, value), false, JSON.stringify(value));
    });
  }

  it("has a default for every field that is needed", () => {
    const { resources, ...rest } = build.parse(undefined);
    assert.deepEqual(rest, {
      ...{ context: ".", dockerfile: "Dockerfile", args: {}, secrets: [], paths: [], platforms: [] },
      ...{ builder: "buildkit", minutes: 30, scan: { mode: "off", severity: "HIGH" }, sign: false },
    });
    assert.deepEqual(resources, { cpu: "500m", cpuLimit: "2", memory: "512Mi", memoryLimit: "2Gi", disk: "10Gi" });
  });

  it("fits by its defaults into a node of two cores and 8 GiB, beside what Argo runs", () => {
    const demand = buildDemand(build.parse(undefined));
    const quota = buildQuota({ cpu: "2", memory: "8Gi", count: 1 });
    for (const key of ["cpu", "memory", "memoryLimit"] as const) assert.ok(demand[key] <= quota[key], key);
  });

  it("T07: no two secrets of builds share a place in Vault, and none is in the place of anything else", () => {
    const slug = fc.stringMatching(/^[ab](-?[ab]){0,3}$/);
    const name = fc.stringMatching(/^[AB](_?[AB]){0,3}$/);
    fc.assert(
      fc.property(fc.tuple(slug, slug, name), fc.tuple(slug, slug, name), (one, other) => {
        const isSame = one.join(" ") === other.join(" ");
        assert.equal(names.buildVaultPath(...one) === names.buildVaultPath(...other), isSame);
        const [project, application, variable] = one;
        assert.notEqual(names.buildVaultPath(...other), names.enteredVaultPath(project, application, variable));
        assert.equal(
          names.buildSecretName(one[1]) === names.buildSecretName(other[1]) && one[0] === other[0],
          one[0] === other[0] && one[1] === other[1],
        );
        assert.notEqual(names.buildVaultRoleName(one[0]), names.vaultRoleName(other[0]));
      }),
    );
    assert.ok(names.buildSecretName("a".repeat(names.maxNameLength)).length <= 63);
  });
});
