import assert from "node:assert/strict";
import { clusterWarnings } from "../../plan/cluster-warnings";
import { planFootprint } from "../../plan/footprint";
import type { ProjectPlan } from "../../plan/projects/project-plan";
import { aCluster, aProject, aProjectsStack } from "../support/plans";

function project(name: string, warnings: readonly string[], environment?: string): ProjectPlan {
  const full = environment === undefined ? name : `${name}-${environment}`;
  const plan = aProject(full, environment === undefined ? {} : { environmentOf: { project: name, name: environment } });
  return { ...plan, component: { ...plan.component, warnings } };
}

function warnings(...projects: readonly ProjectPlan[]): readonly string[] {
  const plan = aCluster(aProjectsStack(...projects));
  return clusterWarnings(plan, planFootprint(plan));
}

describe("warnings of environments", () => {
  it("are not said again where the project says the same of the same", () => {
    assert.deepEqual(
      warnings(
        project("shop", ["shop/api: is old", "is large"]),
        project("shop", ["shop-develop/api: is old", "is large"], "develop"),
      ),
      ["shop/api: is old", "shop: is large"],
    );
  });

  it("are said where they differ, or are of another part", () => {
    const own = ["shop-develop/api: is new", "shop-develop/web: is old"];
    assert.deepEqual(warnings(project("shop", ["shop/api: is old"]), project("shop", own, "develop")), [
      "shop/api: is old",
      ...own,
    ]);
  });

  it("are said of a project that only has such a name", () => {
    const both = [project("shop", ["shop/api: is old"]), project("shop-develop", ["shop-develop/api: is old"])];
    assert.deepEqual(warnings(...both), ["shop/api: is old", "shop-develop/api: is old"]);
  });
});
