import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { planAdmission } from "../../plan/pipeline/admission";
import { type AdmissionCase, admissionCases, admissionProjects } from "../../tests/support/admission-cases";
import { someCluster } from "../../tests/support/some-project";
import { complaintOf, kubectl, kubectlFrom } from "../support/kubectl";

const namespace = "admission-e2e";
const copyName = "project-images-e2e";
const registry = someCluster.registryHost;
const own = `${registry}/${namespace}/api@sha256:${"1".repeat(64)}`;

/** What the API server makes of the stack's policy, and of a copy of it for more kinds of applications than the stack has. */
export function admissionRows(): void {
  describe("admission of images, API server", () => {
    before(async () => {
      const labels = { admission: "e2e" };
      kubectlFrom({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } }, "apply", "-f", "-");
      for (const copy of copies(labels)) kubectlFrom(copy, "apply", "--server-side", "-f", "-");
      await untilRefused();
      kubectlFrom(podWith(own, "target"), "apply", "-f", "-");
    });

    after(() => {
      for (const kind of ["validatingadmissionpolicybinding", "validatingadmissionpolicy"])
        kubectl("delete", kind, copyName, "--ignore-not-found");
      kubectl("delete", "namespace", namespace, "--ignore-not-found", "--wait=true");
    });

    for (const row of admissionCases(registry, namespace))
      it(`T34: ${row.allowed ? "lets run" : "refuses"} ${row.title}`, () => {
        const refusal = refusalOf(row);
        if (row.allowed) assert.equal(refusal, undefined);
        else assert.match(refusal ?? "", sentenceFor(row.image));
      });

    it("T34: refuses a new image for a pod that runs, and lets the rest of it change", () => {
      assert.match(answer("set", "image", "pod/target", "main=docker.io/library/nginx:1.29") ?? "", /denied request/);
      assert.equal(answer("label", "pod", "target", "changed=yes"), undefined);
    });

    it("T34: the stack's own policy is for the namespaces of projects, and for no other", () => {
      const run = ["run", "stranger", "--image=docker.io/library/nginx:1.29", "--dry-run=server"];
      for (const project of ["shop", "shop-eu"])
        assert.match(answerIn(project, ...run) ?? "", sentenceFor("docker.io/library/nginx:1.29"));
      for (const other of ["default", "shop-build"]) assert.equal(answerIn(other, ...run), undefined, other);
    });
  });
}

/** Of the plan, but under other names and for the row's own namespace. */
function copies(labels: Readonly<Record<string, string>>): readonly object[] {
  const cluster = { ...someCluster, tls: { issuer: true, httpChallenge: true } };
  const { resources } = planAdmission({ cluster, projects: admissionProjects(namespace) });
  return resources.flatMap((resource) => {
    if (resource.kind !== "manifest") return [];
    const text = JSON.stringify(resource.manifest)
      .replaceAll('"project-images"', JSON.stringify(copyName))
      .replaceAll('{"idp/namespace":"applications"}', JSON.stringify(labels));
    const copy: unknown = JSON.parse(text);
    return typeof copy === "object" && copy !== null ? [copy] : [];
  });
}

/** The API server learns of a policy a moment after it has taken it. */
async function untilRefused(): Promise<void> {
  for (let left = 50; left > 0; left--) {
    if (refusalOf({ title: "", image: "busybox", allowed: false }) !== undefined) return;
    await pause(200);
  }
  assert.fail("the policy is not in force after 10 seconds");
}

function refusalOf({ image, list = "containers" }: AdmissionCase): string | undefined {
  if (list === "ephemeralContainers") {
    const name = `debug-${Math.random().toString(36).slice(2, 10)}`;
    return answer("debug", "target", "--image", image, "--container", name, "--profile=general", "--", "true");
  }
  const pod = podWith(list === "containers" ? image : own, "probe");
  const more = list === "initContainers" ? { initContainers: [{ name: "first", image }] } : {};
  return complaintOf(["create", "--dry-run=server", "-f", "-"], { ...pod, spec: { ...pod.spec, ...more } });
}

function podWith(image: string, name: string) {
  const spec = { containers: [{ name: "main", image }] };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace }, spec };
}

function sentenceFor(image: string): RegExp {
  const text = image.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`denied request: the image ${text} may not run in [a-z0-9-]+, where only images .*; let a build`);
}

function answer(...args: readonly string[]): string | undefined {
  return answerIn(namespace, ...args);
}

function answerIn(place: string, ...args: readonly string[]): string | undefined {
  return complaintOf(["-n", place, ...args]);
}
