import assert from "node:assert/strict";
import { CertManager } from "../../components/cert-manager";
import { someFacts } from "../support/cluster";
import { deploy, type Registration } from "../support/mock-engine";

const token = "canary-acme-dns-token";

function labCa(): CertManager {
  return new CertManager({ facts: someFacts(), hasAcmeDnsToken: false, secrets: {} });
}

function acme(): CertManager {
  const tls = { mode: "acme", email: "me@example.com", challenge: { type: "cloudflare" } };
  return new CertManager({ facts: someFacts({ tls }), hasAcmeDnsToken: true, secrets: { acmeDnsToken: token } });
}

function named(registered: readonly Registration[], name: string): Registration {
  const found = registered.find((registration) => registration.name === name && registration.custom);
  assert.ok(found, `${name} is registered`);
  return found;
}

describe("component CertManager", () => {
  it("registers the namespace, its policies, the release and the issuers below itself", async () => {
    const registered = await deploy(labCa);
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:platform:CertManager cert-manager",
        "kubernetes:cert-manager.io/v1:Certificate cert-manager-lab-ca",
        "kubernetes:cert-manager.io/v1:ClusterIssuer cert-manager-issuer",
        "kubernetes:cert-manager.io/v1:ClusterIssuer cert-manager-self-signed",
        "kubernetes:core/v1:Namespace cert-manager-namespace",
        "kubernetes:helm.sh/v3:Release cert-manager",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy cert-manager-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy cert-manager-allow-kubernetes-api",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy cert-manager-allow-own-namespace",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy cert-manager-allow-webhook",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy cert-manager-default-deny",
      ],
    );
  });

  it("T41: the issuers wait for the release that brings their kinds", async () => {
    const registered = await deploy(labCa);
    const release = named(registered, "cert-manager").urn;
    const root = named(registered, "cert-manager-self-signed");
    const ca = named(registered, "cert-manager-lab-ca");
    assert.ok(root.dependencies.includes(release));
    assert.ok(ca.dependencies.includes(root.urn));
    assert.ok(named(registered, "cert-manager-issuer").dependencies.includes(ca.urn));
  });

  it("T16: the token is in the Secret alone, although it was given in plain", async () => {
    const registered = await deploy(acme);
    const secret = named(registered, "cert-manager-acme-dns-token");
    assert.deepEqual(secret.inputs["stringData"], { "api-token": token });
    assert.deepEqual(secret.secretInputs, ["stringData"]);
    const others = registered.filter((registration) => registration !== secret);
    assert.doesNotMatch(JSON.stringify(others.map(({ inputs }) => inputs)), /canary-/);
  });
});
