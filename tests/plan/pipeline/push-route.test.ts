import assert from "node:assert/strict";
import { maxPushBytes } from "../../../model/pipeline-names";
import { planPushEvents } from "../../../plan/pipeline/push-events";
import type { ProjectCluster } from "../../../plan/projects/project-cluster";
import { planNetworkPolicies } from "../../../plan/network-policies";
import { at } from "../../support/at";
import { canReach, canReachAddress, type Pod, policiesOf } from "../../support/network-reach";
import { applicationOf } from "../../support/some-repository";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";

const projects = [
  someProject({ applications: [applicationOf("api", "My-Api"), applicationOf("web", "web")] }, "shop"),
  someProject({ applications: [applicationOf("blog", "blog")] }, "blog"),
];

function resourcesOf(changes: Partial<ProjectCluster> = {}) {
  return planPushEvents({ projects, cluster: { ...someCluster, ...changes } }).resources;
}

/** The objects of a kind, without what holds them. */
function objects(kind: string, changes: Partial<ProjectCluster> = {}) {
  return manifestsOf(resourcesOf(changes), kind).map(({ manifest }) => manifest);
}

describe("way from GitHub to the event source", () => {
  it("T37: takes POST on the exact paths of the webhooks, and nothing else", () => {
    const [route, ...others] = objects("IngressRoute");
    assert.ok(route && others.length === 0);
    const paths = ["/push/blog/myorg/blog", "/push/shop/myorg/my-api", "/push/shop/myorg/web"];
    assert.deepEqual(at(route, "spec", "entryPoints"), ["websecure"]);
    assert.deepEqual(at(route, "spec", "routes"), [
      {
        kind: "Rule",
        match:
          "Host(`hooks.example.com`) && Method(`POST`) && " +
          `(${paths.map((path) => `Path(\`${path}\`)`).join(" || ")})`,
        middlewares: [{ name: "push-rate" }, { name: "push-size" }],
        services: [{ name: "push-eventsource-svc", port: 12_000 }],
      },
    ]);
  });

  it("T36: has a certificate of its own, beside that of Argo CD at the same host", () => {
    const [certificate] = objects("Certificate");
    assert.deepEqual(at(certificate, "spec", "dnsNames"), ["hooks.example.com"]);
    const [route] = objects("IngressRoute");
    assert.deepEqual(at(route, "spec", "tls"), { secretName: at(certificate, "spec", "secretName") });
    assert.deepEqual(at(route, "metadata", "namespace"), at(certificate, "metadata", "namespace"));
    const tls = { issuer: false, httpChallenge: false };
    assert.deepEqual(objects("Certificate", { tls }), []);
    assert.deepEqual(at(objects("IngressRoute", { tls })[0], "spec", "tls"), {});
  });

  it("is limited in size to what the event source takes, and in number", () => {
    const specs = objects("Middleware").map((middleware) => [
      at(middleware, "metadata", "name"),
      at(middleware, "spec"),
    ]);
    assert.deepEqual(Object.fromEntries(specs), {
      "push-rate": { rateLimit: { average: 10, period: "1s", burst: 100 } },
      "push-size": { buffering: { maxRequestBodyBytes: maxPushBytes, memRequestBodyBytes: maxPushBytes } },
    });
  });

  it("is not there without a public host; what builds and sweeps call is", () => {
    const kinds = (changes: Partial<ProjectCluster>) =>
      resourcesOf(changes).map((resource) => at(resource, "manifest", "kind"));
    const removed = new Set(["IngressRoute", "Middleware", "Certificate"]);
    const without = kinds({ webhookHost: "" });
    assert.ok(without.includes("EventSource") && without.includes("Sensor"));
    assert.ok(!without.some((kind) => removed.has(String(kind))));
    assert.ok(kinds({}).some((kind) => removed.has(String(kind))));
  });
});

describe("network of the event source and the Sensor", () => {
  const namespace = "argo-events";
  const source: Pod = { namespace, labels: { "eventsource-name": "push", controller: "eventsource-controller" } };
  const sensor: Pod = { namespace, labels: { "sensor-name": "push", controller: "sensor-controller" } };
  const traefik: Pod = { namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik" } };
  const build: Pod = { namespace: "shop-build", labels: {}, namespaceLabels: { "idp/namespace": "builds" } };
  const application: Pod = { namespace: "shop", labels: {}, namespaceLabels: { "idp/namespace": "applications" } };

  /** As in the platform, which closes the namespace. */
  function policies(changes: Partial<ProjectCluster> = {}) {
    const closed = planNetworkPolicies({ resource: "argo-events", namespace });
    return policiesOf([...closed, ...manifestsOf(resourcesOf(changes), "NetworkPolicy")]);
  }

  it("lets Traefik and builds call the event source on its port, and nobody else", () => {
    for (const from of [traefik, build]) {
      assert.equal(canReach(policies(), [from, source], 12_000), true, from.namespace);
      assert.equal(canReach(policies(), [from, source], 7777), false);
      assert.equal(canReach(policies(), [from, sensor], 12_000), false);
    }
    for (const from of [application, { ...build, namespaceLabels: {} }, { ...traefik, labels: {} }])
      assert.equal(canReach(policies(), [from, source], 12_000), false, from.namespace);
    assert.equal(canReach(policies({ webhookHost: "" }), [traefik, source], 12_000), false);
    assert.equal(canReach(policies({ webhookHost: "" }), [build, source], 12_000), true);
  });

  it("lets the Sensor reach the Kubernetes API, and the event source only the bus beside it", () => {
    const bus: Pod = { namespace, labels: { "eventbus-name": "default" } };
    for (const from of [source, sensor]) assert.equal(canReach(policies(), [from, bus], 4222), true);
    assert.equal(canReachAddress(policies(), sensor, ["192.168.1.10", 6443]), true);
    assert.equal(canReachAddress(policies(), sensor, ["140.82.112.3", 22]), false);
    for (const port of [443, 6443]) assert.equal(canReachAddress(policies(), source, ["192.168.1.10", port]), false);
  });

  it("lets Traefik reach the pod that answers an http01 challenge, and only then", () => {
    const solver: Pod = { namespace, labels: { "acme.cert-manager.io/http01-solver": "true" } };
    const tls = { issuer: true, httpChallenge: true };
    assert.equal(canReach(policies({ tls }), [traefik, solver], 8089), true);
    assert.equal(canReach(policies({ tls, webhookHost: "" }), [traefik, solver], 8089), false);
    assert.equal(canReach(policies(), [traefik, solver], 8089), false);
  });
});
