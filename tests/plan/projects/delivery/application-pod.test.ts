import assert from "node:assert/strict";
import { planDelivery } from "../../../../plan/projects/delivery";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles } from "../../../support/delivered";
import { someCluster, someProject } from "../../../support/some-project";

function deployment(more: object = {}) {
  const git = { type: "github", owner: "myorg", repo: "my-api" };
  const project = someProject({ applications: [{ name: "api", port: 8080, git, ...more }] });
  const [file] = gitOpsFiles(planDelivery(project, someCluster).resources);
  assert.ok(file);
  const object = delivered(file, "Deployment")[0];
  const pod = at(object, "spec", "template", "spec");
  return { file, object, pod, container: at(pod, "containers", 0) };
}

/** Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/, `baseline`, capabilities */
const baselineCapabilities = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];

describe("plan of an application's pods", () => {
  it("T34: has one image, which the one entry of CI's file replaces by a digest", () => {
    const { pod, container } = deployment();
    assert.equal(at(container, "image"), "harbor.lab.example/shop/api:unreleased");
    assert.equal(at(pod, "containers", 1), undefined);
    assert.equal(at(pod, "initContainers"), undefined);
    assert.deepEqual(at(pod, "imagePullSecrets"), [{ name: "registry" }]);
  });

  it("T15: has no token of Kubernetes and nothing of the node", () => {
    const { file, pod } = deployment();
    assert.equal(at(pod, "automountServiceAccountToken"), false);
    assert.equal(at(pod, "serviceAccountName"), "workloads");
    assert.equal(at(pod, "enableServiceLinks"), false);
    assert.doesNotMatch(file.content, /host(Path|Network|PID|IPC|Port)|privileged|docker\.sock/);
  });

  it("T12: stays within the baseline level with the image's own user", () => {
    const { pod, container } = deployment();
    assert.deepEqual(at(pod, "securityContext"), { seccompProfile: { type: "RuntimeDefault" } });
    const security = at(container, "securityContext");
    assert.equal(at(security, "allowPrivilegeEscalation"), false);
    assert.equal(at(security, "privileged"), undefined);
    assert.deepEqual(at(security, "capabilities", "drop"), ["ALL"]);
    const added = at(security, "capabilities", "add");
    assert.ok(Array.isArray(added) && added.length > 0);
    assert.deepEqual(
      added.filter((capability) => !baselineCapabilities.includes(String(capability))),
      [],
    );
  });

  it("T12: meets the restricted level with a user of its own", () => {
    const { pod, container } = deployment({ user: 1000 });
    assert.deepEqual(at(pod, "securityContext"), {
      ...{ runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual(at(container, "securityContext"), {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    });
  });

  it("T14: says what it requests and where its memory ends", () => {
    const resources = { cpu: "0.2", memory: "64Mi", memoryLimit: "128Mi" };
    assert.deepEqual(at(deployment({ resources }).container, "resources"), {
      requests: { cpu: "0.2", memory: "64Mi" },
      limits: { memory: "128Mi" },
    });
  });

  it("replaces one pod at a time, lets its requests end, and keeps pods apart where it can", () => {
    const { object, pod, container } = deployment({ replicas: 3 });
    assert.equal(at(object, "spec", "replicas"), 3);
    assert.deepEqual(at(object, "spec", "strategy"), {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
    assert.equal(at(pod, "terminationGracePeriodSeconds"), 120);
    assert.deepEqual(at(container, "lifecycle"), { preStop: { sleep: { seconds: 10 } } });
    const rule = at(pod, "affinity", "podAntiAffinity", "preferredDuringSchedulingIgnoredDuringExecution", 0);
    assert.equal(at(rule, "podAffinityTerm", "topologyKey"), "kubernetes.io/hostname");
    assert.deepEqual(at(rule, "podAffinityTerm", "labelSelector"), at(object, "spec", "selector"));
  });

  it("gets requests once its health path answers, or else its port, and is never restarted for not answering", () => {
    const withPath = deployment({ health: { path: "/healthz" } }).container;
    assert.deepEqual(at(withPath, "readinessProbe", "httpGet"), { path: "/healthz", port: "http" });
    assert.deepEqual(at(withPath, "ports"), [{ name: "http", containerPort: 8080 }]);
    const { container } = deployment();
    assert.deepEqual(at(container, "readinessProbe", "tcpSocket"), { port: "http" });
    const patience = Number(at(container, "startupProbe", "periodSeconds"));
    assert.equal(patience * Number(at(container, "startupProbe", "failureThreshold")), 300);
    for (const one of [withPath, container]) assert.equal(at(one, "livenessProbe"), undefined);
  });

  it("lets a node be emptied: one pod at a time when there are several, at once when there is one", () => {
    const budgets = (replicas: number) => delivered(deployment({ replicas }).file, "PodDisruptionBudget");
    assert.deepEqual(budgets(1), []);
    assert.equal(at(budgets(2)[0], "spec", "maxUnavailable"), 1);
    assert.deepEqual(at(budgets(2)[0], "spec", "selector"), at(deployment().object, "spec", "selector"));
  });
});
