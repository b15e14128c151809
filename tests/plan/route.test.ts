import assert from "node:assert/strict";
import { planRoute, type RoutePlanArgs } from "../../plan/route";
import { at } from "../support/at";
import { someFacts } from "../support/cluster";

const args: RoutePlanArgs = {
  name: "git",
  namespace: "git",
  exposure: "internal",
  host: "git.lab.example",
  service: { name: "git-http", port: 3000 },
};

function planned(changes: object = {}, more: Partial<RoutePlanArgs> = {}) {
  const resources = planRoute(someFacts(changes), { ...args, ...more });
  return new Map(resources.map(({ name, manifest }) => [name, manifest]));
}

describe("plan of a route", () => {
  it("T36: has a certificate for its host, and shows it", () => {
    const objects = planned();
    assert.deepEqual(at(objects.get("git-route-certificate"), "spec", "dnsNames"), ["git.lab.example"]);
    const secret = at(objects.get("git-route-certificate"), "spec", "secretName");
    assert.equal(at(objects.get("git-route-https"), "spec", "tls", "secretName"), secret);
  });

  it("T36: plain http only redirects, and everything is in the service's namespace", () => {
    const objects = planned();
    const rule = at(objects.get("git-route-http"), "spec", "routes", 0);
    assert.deepEqual(at(rule, "services"), [{ kind: "TraefikService", name: "noop@internal" }]);
    assert.deepEqual(at(rule, "middlewares"), [{ name: "git-redirect" }]);
    assert.deepEqual(at(objects.get("git-route-redirect"), "spec"), {
      redirectScheme: { scheme: "https", permanent: true },
    });
    for (const object of objects.values()) assert.equal(object.metadata["namespace"], "git");
  });

  it("leaves the certificate to Traefik where there is no cert-manager", () => {
    const objects = planned({ tls: { mode: "traefik" } });
    assert.ok(!objects.has("git-route-certificate"));
    assert.deepEqual(at(objects.get("git-route-https"), "spec", "tls"), {});
  });

  it("T37: listens on the entry points of its exposure alone", () => {
    const entryPoints = { internal: { http: "intweb", https: "intwebsec" } };
    assert.deepEqual(at(planned({ entryPoints }).get("git-route-https"), "spec", "entryPoints"), ["intwebsec"]);
    assert.deepEqual(at(planned({ entryPoints }).get("git-route-http"), "spec", "entryPoints"), ["intweb"]);
    const open = planned({ entryPoints }, { exposure: "public", only: { method: "POST", paths: ["/api/webhook"] } });
    assert.deepEqual(at(open.get("git-route-https"), "spec", "entryPoints"), ["websecure"]);
    assert.equal(
      at(open.get("git-route-https"), "spec", "routes", 0, "match"),
      "Host(`git.lab.example`) && Method(`POST`) && Path(`/api/webhook`)",
    );
  });

  it("lets Traefik reach the pod that answers an http01 challenge, and only then", () => {
    const acme = { mode: "acme", email: "me@lab.example", challenge: { type: "http01" } };
    const policy = planned({ tls: acme }).get("git-route-allow-git-challenge");
    assert.deepEqual(at(policy, "spec", "podSelector"), {
      matchLabels: { "acme.cert-manager.io/http01-solver": "true" },
    });
    assert.deepEqual(at(policy, "spec", "ingress", 0, "ports"), [{ protocol: "TCP", port: 8089 }]);
    const cloudflare = { ...acme, challenge: { type: "cloudflare" } };
    for (const tls of [cloudflare, { mode: "lab-ca" }])
      assert.ok(!planned({ tls }).has("git-route-allow-git-challenge"));
  });
});
