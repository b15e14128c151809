import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ArgoCd } from "../../components/argo-cd";
import { someFacts } from "../support/cluster";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";

const token = "canary-infrastructure-token";
const canaries = [token, mockedPassword("argo-cd-admin-password"), mockedPassword("argo-cd-webhook-secret")];

function argoCd(): ArgoCd {
  return new ArgoCd({
    facts: someFacts(),
    host: "argocd.lab.example",
    webhookHost: "hooks.example.com",
    infrastructure: { repository: "https://github.com/me/infrastructure.git", revision: "main", path: "apps/*" },
    imageUpdater: false,
    vaultPlugin: false,
    hasInfrastructureToken: true,
    secrets: { infrastructureToken: pulumi.secret(token) },
  });
}

function named(registered: readonly Registration[], name: string): Registration {
  const found = registered.find((registration) => registration.name === name && registration.custom);
  assert.ok(found, `${name} is registered`);
  return found;
}

describe("component ArgoCd", () => {
  it("registers passwords, namespace, policies, release, infrastructure and routes below itself", async () => {
    const registered = await deploy(argoCd);
    const component = registered.find(({ custom }) => !custom);
    assert.equal(component?.type, "idp:platform:ArgoCd");
    const children = registered.filter(({ custom }) => custom);
    assert.deepEqual([...new Set(children.map(({ parent }) => parent))], [component.urn]);
    assert.deepEqual(
      children.map(({ type, name }) => `${type} ${name}`).filter((child) => !child.includes("NetworkPolicy")),
      [
        "kubernetes:argoproj.io/v1alpha1:AppProject argo-cd-platform-project",
        "kubernetes:argoproj.io/v1alpha1:ApplicationSet argo-cd-infrastructure",
        "kubernetes:cert-manager.io/v1:Certificate argo-cd-route-certificate",
        "kubernetes:cert-manager.io/v1:Certificate argo-cd-webhook-route-certificate",
        "kubernetes:core/v1:Namespace argo-cd-namespace",
        "kubernetes:core/v1:Secret argo-cd-infrastructure-repository",
        "kubernetes:helm.sh/v3:Release argo-cd",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-cd-route-http",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-cd-route-https",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-cd-webhook-route-http",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-cd-webhook-route-https",
        "kubernetes:traefik.io/v1alpha1:Middleware argo-cd-route-redirect",
        "kubernetes:traefik.io/v1alpha1:Middleware argo-cd-webhook-route-redirect",
        "random:index/randomPassword:RandomPassword argo-cd-admin-password",
        "random:index/randomPassword:RandomPassword argo-cd-webhook-secret",
      ],
    );
  });

  it("T16: the canaries are in secret inputs only", async () => {
    const registered = await deploy(argoCd);
    for (const { name, inputs, secretInputs } of registered) {
      const plain = Object.entries(inputs).filter(([key]) => !secretInputs.includes(key));
      const shown = JSON.stringify(plain);
      for (const canary of canaries) assert.ok(!shown.includes(canary), `${name} shows ${canary}`);
    }
    const { values } = named(registered, "argo-cd").inputs;
    assert.match(JSON.stringify(values), /"argocdServerAdminPassword":"bcrypt-canary-argo-cd-admin-password"/);
    assert.match(JSON.stringify(values), /"githubSecret":"canary-argo-cd-webhook-secret"/);
    const { stringData } = named(registered, "argo-cd-infrastructure-repository").inputs;
    assert.match(JSON.stringify(stringData), /"password":"canary-infrastructure-token"/);
  });

  it("T16: hands out both passwords as secrets", async () => {
    const found: unknown[] = [];
    await deploy(async () => {
      const { adminPassword, webhookSecret } = argoCd();
      for (const output of [adminPassword, webhookSecret]) {
        found.push(await pulumi.isSecret(output), await valueOf(output));
      }
    });
    assert.deepEqual(found, [true, "canary-argo-cd-admin-password", true, "canary-argo-cd-webhook-secret"]);
  });

  it("T41: everything in the namespace waits for it, and what Argo CD defines waits for the release", async () => {
    const registered = await deploy(argoCd);
    const namespace = named(registered, "argo-cd-namespace").urn;
    const release = named(registered, "argo-cd");
    assert.ok(release.dependencies.includes(namespace));
    assert.ok(named(registered, "argo-cd-default-deny").dependencies.includes(namespace));
    assert.ok(named(registered, "argo-cd-platform-project").dependencies.includes(release.urn));
    assert.ok(named(registered, "argo-cd-infrastructure").dependencies.includes(release.urn));
  });
});

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
