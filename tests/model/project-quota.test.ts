import assert from "node:assert/strict";
import fc from "fast-check";
import { projectDemand, projectQuota } from "../../model/project-quota";
import { exactBytes, formatBytes, quantity } from "../../model/quantity";
import { anApplication } from "../support/project-network";
import { someProject } from "../support/some-project";

const mebibyte = 2 ** 20;

describe("what a project takes", () => {
  it("counts one more pod of each application, and one pod and a volume of each database", () => {
    const resources = { cpu: "100m", memory: "128Mi", memoryLimit: "1Gi" };
    const project = someProject({
      applications: [anApplication("api", { replicas: 2, resources }), anApplication("web", { resources })],
      databases: [{ name: "mysql", type: "mysql", version: "8.4", size: "5Gi" }],
    });
    assert.deepEqual(projectDemand(project), {
      ...{ cpu: 0.55, memory: (5 * 128 + 384) * mebibyte, memoryLimit: 6 * 1024 * mebibyte },
      ...{ storage: 5 * 1024 * mebibyte, pods: 6 },
    });
  });

  it("is nothing for an empty project", () => {
    assert.deepEqual(projectDemand(someProject()), { cpu: 0, memory: 0, memoryLimit: 0, storage: 0, pods: 0 });
  });

  it("may be half of all nodes together", () => {
    const { cpu, memory, memoryLimit } = projectQuota(someProject(), { cpu: "4", memory: "16Gi", count: 2 });
    assert.deepEqual([cpu, formatBytes(memory), formatBytes(memoryLimit)], [4, "16Gi", "32Gi"]);
  });
});

describe("bytes without a loss", () => {
  it("are written as Kubernetes would", () => {
    const texts = ["8Gi", "1.5Gi", "1500Mi", "64Ti", "100M", "0.5Ki"].map((text) => exactBytes(quantity(text)));
    assert.deepEqual(texts, ["8Gi", "1536Mi", "1500Mi", "64Ti", "100000000", "512"]);
    assert.equal(exactBytes(0), "0");
  });

  it("are read back as they were", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 46 }), (bytes) => quantity(exactBytes(bytes)) === bytes));
  });
});
