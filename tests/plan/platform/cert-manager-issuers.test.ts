import assert from "node:assert/strict";
import { clusterIssuerName } from "../../../model/platform-names";
import { secretOf, secretText } from "../../../model/secret-text";
import { planCertManager } from "../../../plan/platform/cert-manager";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest } from "../../support/planned";

function certManager(tls: object, hasAcmeDnsToken = false) {
  return planCertManager({ facts: someFacts({ tls }), hasAcmeDnsToken });
}

const acme = { mode: "acme", email: "me@example.com" };

describe("issuers of cert-manager", () => {
  it("make a certificate authority of the lab that signs itself once and keeps its key", () => {
    const plan = certManager({ mode: "lab-ca" });
    const ca = plannedManifest(plan, "cert-manager-lab-ca").manifest;
    assert.equal(at(ca, "metadata", "namespace"), "cert-manager");
    assert.equal(at(ca, "spec", "isCA"), true);
    assert.equal(at(ca, "spec", "duration"), "87600h");
    assert.equal(at(ca, "spec", "privateKey", "rotationPolicy"), "Never");
    assert.deepEqual(at(ca, "spec", "issuerRef"), { kind: "ClusterIssuer", name: "idp-self-signed" });
    const root = plannedManifest(plan, "cert-manager-self-signed").manifest;
    assert.equal(root.metadata.name, "idp-self-signed");
    assert.deepEqual(at(root, "spec"), { selfSigned: {} });
    const issuer = plannedManifest(plan, "cert-manager-issuer").manifest;
    assert.equal(issuer.metadata.name, clusterIssuerName);
    assert.deepEqual(at(issuer, "spec"), { ca: { secretName: at(ca, "spec", "secretName") } });
  });

  it("T41: each waits for what it needs, and all for the release that brings their kinds", () => {
    const lab = certManager({ mode: "lab-ca" });
    assert.deepEqual(plannedManifest(lab, "cert-manager-self-signed").dependsOn, ["cert-manager"]);
    assert.deepEqual(plannedManifest(lab, "cert-manager-lab-ca").dependsOn, ["cert-manager-self-signed"]);
    assert.deepEqual(plannedManifest(lab, "cert-manager-issuer").dependsOn, ["cert-manager-lab-ca"]);
    const internet = certManager({ ...acme, challenge: { type: "http01" } });
    assert.deepEqual(plannedManifest(internet, "cert-manager-issuer").dependsOn, ["cert-manager"]);
    const dns = certManager({ ...acme, challenge: { type: "cloudflare" } }, true);
    assert.deepEqual(plannedManifest(dns, "cert-manager-issuer").dependsOn, [
      "cert-manager",
      "cert-manager-acme-dns-token",
    ]);
  });

  it("answer an ACME server through k3s's Traefik", () => {
    const issuer = plannedManifest(certManager({ ...acme, challenge: { type: "http01" } }), "cert-manager-issuer");
    assert.deepEqual(at(issuer.manifest, "spec", "acme"), {
      email: "me@example.com",
      server: "https://acme-v02.api.letsencrypt.org/directory",
      privateKeySecretRef: { name: "acme-account" },
      solvers: [{ http01: { ingress: { ingressClassName: "traefik" } } }],
    });
  });

  it("answer an ACME server by a DNS record, with the token in a Secret", () => {
    const plan = certManager({ ...acme, challenge: { type: "cloudflare" } }, true);
    const issuer = plannedManifest(plan, "cert-manager-issuer").manifest;
    assert.deepEqual(at(issuer, "spec", "acme", "solvers"), [
      { dns01: { cloudflare: { apiTokenSecretRef: { name: "acme-dns-token", key: "api-token" } } } },
    ]);
    const secret = plannedManifest(plan, "cert-manager-acme-dns-token").manifest;
    assert.deepEqual(secret.metadata, { name: "acme-dns-token", namespace: "cert-manager" });
    assert.deepEqual(at(secret, "stringData"), { "api-token": secretText(secretOf("acmeDnsToken")) });
  });

  it("hold no Secret where there is no token to put in it", () => {
    assert.deepEqual(manifestsOf(certManager({ ...acme, challenge: { type: "cloudflare" } }), "Secret"), []);
    assert.deepEqual(manifestsOf(certManager({ ...acme, challenge: { type: "http01" } }, true), "Secret"), []);
    assert.deepEqual(manifestsOf(certManager({ mode: "lab-ca" }, true), "Secret"), []);
  });

  it("are not planned where Traefik's own certificate is in use", () => {
    assert.throws(() => certManager({ mode: "traefik" }), /^Error: cert-manager is planned although/);
  });
});
