import assert from "node:assert/strict";
import { databaseEngines } from "../../../model/database-engines";
import { namespaceUse } from "../../../model/namespace-use";
import { platformNamespaces } from "../../../model/platform-names";
import { planAdmission } from "../../../plan/pipeline/admission";
import { planPipeline } from "../../../plan/pipeline/pipeline";
import { databaseImage } from "../../../plan/projects/database-pod";
import { databaseScope } from "../../../plan/projects/database-scope";
import { planProject } from "../../../plan/projects/project";
import { admissionCases, admissionProjects } from "../../support/admission-cases";
import { at } from "../../support/at";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

const host = someCluster.registryHost;

function policyOf(changes: Partial<typeof someCluster> = {}, projects = admissionProjects()) {
  const { resources } = planAdmission({ cluster: { ...someCluster, ...changes }, projects });
  const [policy] = manifestsOf(resources, "ValidatingAdmissionPolicy");
  assert.ok(policy);
  return policy.manifest;
}

/** Text of an expression of the Common Expression Language. */
function expression(policy: object, list: "variables" | "matchConditions", name: string): string {
  const entries = Object.values(at(policy, "spec", list) ?? {});
  return String(
    at(
      entries.find((entry) => at(entry, "name") === name),
      "expression",
    ),
  );
}

/** The list of texts that an expression is. */
function listIn(policy: object, name: string): readonly unknown[] {
  const list: unknown = JSON.parse(expression(policy, "variables", name));
  assert.ok(Array.isArray(list));
  return list;
}

// What the expressions say of an image is asked of a real API server by e2e/rows/admission.ts.
describe("admission of images", () => {
  it("T34: refuses pods, their changes and containers for debugging, and refuses all when it cannot decide", () => {
    const policy = policyOf();
    assert.equal(at(policy, "spec", "failurePolicy"), "Fail");
    assert.deepEqual(at(policy, "spec", "matchConstraints", "resourceRules"), [
      {
        ...{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"] },
        resources: ["pods", "pods/ephemeralcontainers"],
      },
    ]);
    const { resources } = planPipeline({ cluster: someCluster, projects: admissionProjects() });
    const [binding, ...others] = manifestsOf(resources, "ValidatingAdmissionPolicyBinding");
    assert.equal(others.length, 0);
    assert.deepEqual(binding?.manifest["spec"], { policyName: policy.metadata.name, validationActions: ["Deny"] });
    assert.deepEqual(binding.dependsOn, ["pipeline.admission-policy"]);
  });

  it("T34: is about the namespaces of applications alone, which alone have the label", () => {
    const selector = at(policyOf(), "spec", "matchConstraints", "namespaceSelector");
    assert.deepEqual(selector, { matchLabels: namespaceUse("applications") });
    const { resources } = planProject(someProject(), someCluster).component;
    const marked = manifestsOf(resources, "Namespace").filter(({ manifest }) => {
      return at(manifest, "metadata", "labels", "idp/namespace") === "applications";
    });
    assert.deepEqual(
      marked.map(({ manifest }) => manifest.metadata.name),
      ["shop"],
    );
    const condition = expression(policyOf(), "matchConditions", "namespace-of-a-project");
    for (const namespace of ["kube-system", "default", ...Object.values(platformNamespaces)])
      assert.ok(condition.includes(`"${namespace}"`), namespace);
  });

  it("T34: leaves a pod alone that is older than the policy, as long as its images stay", () => {
    const condition = expression(policyOf(), "matchConditions", "new-image");
    assert.ok(condition.startsWith("oldObject == null || "));
    const [now, then] = condition.replace("oldObject == null || ", "").split(" != ");
    assert.equal(now?.replaceAll("object.", "oldObject."), then);
    for (const list of ["containers", "initContainers", "ephemeralContainers"]) assert.ok(now?.includes(list), list);
  });

  it("T34: by tag lets run what is pinned or follows a moving tag, each as that one image", () => {
    assert.deepEqual(listIn(policyOf(), "byTag"), [
      `${host}/shop/held-restarted:${"c".repeat(40)}`,
      `${host}/shop/held:${"c".repeat(40)}`,
      `${host}/shop/restarted:branch-release_2f_1`,
    ]);
    const listed = admissionCases(host).filter(({ image }) => listIn(policyOf(), "byTag").includes(image));
    assert.equal(listed.length, 3);
    assert.ok(listed.every(({ allowed }) => allowed));
  });

  it("T34: lets every image of a database run, behind the cluster's mirror too", () => {
    for (const imageRegistry of ["", "mirror.lab.example/all"]) {
      const others = listIn(policyOf({ imageRegistry }), "others");
      assert.equal(others.length, Object.keys(databaseEngines).length);
      const cluster = { ...someCluster, imageRegistry };
      for (const database of everyDatabase()) {
        const image = databaseImage(databaseScope(someProject(), database, cluster));
        assert.ok(
          others.some((other) => image.startsWith(`${String(other)}:`)),
          image,
        );
      }
    }
  });

  it("T34: lets cert-manager's answer to a challenge run only where there are such challenges", () => {
    const solver = "mirror.lab.example/quay.io/jetstack/cert-manager-acmesolver";
    const imageRegistry = "mirror.lab.example";
    assert.ok(
      listIn(policyOf({ imageRegistry, tls: { issuer: true, httpChallenge: true } }), "others").includes(solver),
    );
    assert.ok(!listIn(policyOf({ imageRegistry }), "others").includes(solver));
  });

  it("is the same whatever the order of the projects and their applications", () => {
    const reversed = admissionProjects()
      .toReversed()
      .map((project) => ({
        ...project,
        applications: project.applications.toReversed(),
      }));
    assert.deepEqual(policyOf({}, reversed), policyOf());
  });

  it("says in one sentence which image it refuses, and what to do", () => {
    const validation = at(policyOf(), "spec", "validations", 0);
    assert.match(String(at(validation, "messageExpression")), /variables\.refused\[0\].*; let a build release it"$/);
    assert.doesNotMatch(String(at(validation, "message")), /\n/);
  });

  it("has room for 300 applications that are pinned", () => {
    const [, shop] = admissionProjects();
    assert.ok(shop);
    const projects = Array.from({ length: 100 }, (_, index) => ({ ...shop, name: `project-${index}` }));
    assert.ok(JSON.stringify(policyOf({}, projects)).length < 64 * 1024);
  });
});
