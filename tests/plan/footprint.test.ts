import assert from "node:assert/strict";
import { percentOf, planFootprint } from "../../plan/footprint";
import { aCluster, aComponent, aProject, aProjectsStack, aStack, pods } from "../support/plans";

const gibibyte = 2 ** 30;

describe("footprint", () => {
  it("sums requests times replicas by component and by project", () => {
    const project = aProject("shop", { component: pods("shop", "100m", "512Mi", 3) });
    const plan = aCluster(
      aStack({ components: [pods("harbor", "250m", "1Gi"), aComponent("silent")] }),
      aProjectsStack(project),
    );
    const footprint = planFootprint(plan);
    assert.deepEqual(footprint.rows, [
      { stack: "homelab", kind: "component", name: "harbor", pods: 1, cpu: 0.25, memory: gibibyte },
      { stack: "homelab-projects", kind: "project", name: "shop", pods: 3, cpu: 0.3, memory: 1.5 * gibibyte },
    ]);
    assert.deepEqual(footprint.sum, { pods: 4, cpu: 0.55, memory: 2.5 * gibibyte });
    assert.deepEqual(footprint.capacity, { cpu: 4, memory: 16 * gibibyte });
    assert.deepEqual(footprint.left, { cpu: 3.45, memory: 13.5 * gibibyte });
    assert.deepEqual(footprint.warnings, []);
  });

  it("counts in thousandths of a core", () => {
    const plan = aCluster(aStack({ components: [pods("a", "100m", "1Mi"), pods("b", "200m", "1Mi")] }));
    assert.equal(planFootprint(plan).sum.cpu, 0.3);
  });

  const sums: readonly [cpu: string, memory: string, warned: readonly RegExp[]][] = [
    ["3200m", "1Gi", []],
    ["3201m", "1Gi", [/request 81 % of the CPU of the node \(3201m of 4\)/]],
    ["1", "12Gi", []],
    ["1", "13Gi", [/request 82 % of the memory of the node \(13Gi of 16Gi\)/]],
    ["4", "16Gi", [/100 % of the CPU/, /100 % of the memory/]],
  ];
  for (const [cpu, memory, warned] of sums) {
    it(`has ${warned.length} warnings for ${cpu} and ${memory} on 4 cores and 16Gi`, () => {
      const { warnings } = planFootprint(aCluster(aStack({ components: [pods("a", cpu, memory)] })));
      assert.equal(warnings.length, warned.length, warnings.join("\n"));
      warned.forEach((pattern, index) => {
        assert.match(warnings[index] ?? "", pattern);
      });
    });
  }

  it("measures the sum against all nodes, and each pod against one", () => {
    const plan = { ...aCluster(aStack({ components: [pods("big", "1", "20Gi"), pods("small", "1", "1Gi", 4)] })) };
    const { warnings, left } = planFootprint({ ...plan, node: { cpu: "4", memory: "16Gi", count: 4 } });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /^big: one pod of big-pod requests 1 CPU and 20Gi, and a node has 4 and 16Gi/);
    assert.equal(left.memory, 40 * gibibyte);
  });

  it("never leaves less than nothing", () => {
    const { left } = planFootprint(aCluster(aStack({ components: [pods("a", "5", "17Gi")] })));
    assert.deepEqual(left, { cpu: 0, memory: 0 });
  });

  it("rounds a share up", () => {
    assert.equal(percentOf(3201, 4000), 81);
    assert.equal(percentOf(3200, 4000), 80);
  });
});
