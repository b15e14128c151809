import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { profileNames } from "../../../model/profiles";
import { certManagerValues, planCertManager } from "../../../plan/platform/cert-manager";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

describe("plan of cert-manager", () => {
  const plan = planCertManager({ facts: someFacts(), hasAcmeDnsToken: false });
  const values = certManagerValues(someFacts());

  it("brings its kinds and leaves them in place when it is removed", () => {
    assert.deepEqual(at(values, "crds"), { enabled: true, keep: true });
  });

  it("asks for no rights in the namespace of the system", () => {
    assert.equal(at(values, "global", "leaderElection", "namespace"), "cert-manager");
  });

  it("runs the chart's startup check, which the issuers wait for", () => {
    assert.equal(at(values, "startupapicheck", "enabled"), undefined);
    assert.equal(at(values, "startupapicheck", "resources", "limits", "memory"), "128Mi");
  });

  it("T10: pulls every image through the mirror", () => {
    const mirrored = certManagerValues(someFacts({ imageRegistry: "mirror.lab.example/proxy" }));
    assert.equal(at(mirrored, "imageRegistry"), "mirror.lab.example/proxy/quay.io");
    assert.equal(at(values, "imageRegistry"), "quay.io");
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const labels = at(plannedManifest(plan, "cert-manager-namespace").manifest, "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
    assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
  });

  it("T14: every container has requests and a memory limit, in every profile", () => {
    for (const profile of profileNames) {
      const inProfile = certManagerValues(someFacts({ profile }));
      for (const path of [[], ["webhook"], ["cainjector"], ["startupapicheck"]]) {
        const resources = at(inProfile, ...path, "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/, path.join("."));
        assert.match(String(at(resources, "requests", "memory")), /^\d+[MG]i$/, path.join("."));
        assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/, path.join("."));
      }
    }
  });

  it("T43: takes the chart from the catalog, at an exact version", () => {
    const { repository, chart, version } = charts["cert-manager"];
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.match(version, /^v\d+\.\d+\.\d+$/);
  });

  it("lets the API server call the webhook, whatever address it calls from", () => {
    const { spec } = plannedManifest(plan, "cert-manager-allow-webhook").manifest;
    assert.deepEqual(spec, {
      podSelector: { matchLabels: { "app.kubernetes.io/component": "webhook" } },
      policyTypes: ["Ingress"],
      ingress: [{ ports: [{ protocol: "TCP", port: 10250 }] }],
    });
  });

  it("reaches an ACME server only when it has one, on that server's port", () => {
    const policies = (tls: object) =>
      manifestsOf(planCertManager({ facts: someFacts({ tls }), hasAcmeDnsToken: true }), "NetworkPolicy");
    const names = (tls: object) => policies(tls).map(({ metadata }) => metadata.name.replace("allow-", ""));
    const acme = { mode: "acme", email: "me@example.com" };
    const always = ["default-deny", "dns", "own-namespace", "webhook", "kubernetes-api"];
    const http01 = { ...acme, challenge: { type: "http01" } };
    const cloudflare = { ...acme, challenge: { type: "cloudflare" } };
    assert.deepEqual(names({ mode: "lab-ca" }), always);
    assert.deepEqual(names(cloudflare), [...always, "acme-server"]);
    assert.deepEqual(names(http01), [...always, "acme-server", "http-check", "traefik"]);
    const port = (server: string) =>
      at(
        policies({ ...cloudflare, server }).find(({ metadata }) => metadata.name === "allow-acme-server"),
        ...["spec", "egress", 0, "ports", 0, "port"],
      );
    assert.equal(port("https://acme.example.com/directory"), 443);
    assert.equal(port("https://ca.lab.example:9000/acme/acme/directory"), 9000);
  });

  it("looks for DNS records where the resolver of the house cannot hide them", () => {
    const cloudflare = { mode: "acme", email: "me@example.com", challenge: { type: "cloudflare" } };
    const asking = certManagerValues(someFacts({ tls: cloudflare }));
    assert.equal(at(asking, "dns01RecursiveNameserversOnly"), true);
    assert.equal(at(asking, "dns01RecursiveNameservers"), "https://1.1.1.1/dns-query");
    assert.equal(at(values, "dns01RecursiveNameservers"), undefined);
  });
});
