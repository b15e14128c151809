import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Harbor } from "../../components/harbor";
import { someFacts } from "../support/cluster";
import { deploy, type Registration } from "../support/mock-engine";

function harbor(): Harbor {
  return new Harbor({
    facts: someFacts(),
    host: "harbor.lab.example",
    storage: { images: "20Gi", database: "2Gi", redis: "1Gi", jobLog: "1Gi", trivy: "5Gi" },
    trivy: true,
  });
}

function named(registered: readonly Registration[], name: string): Registration {
  const found = registered.find((registration) => registration.name === name && registration.custom);
  assert.ok(found, `${name} is registered`);
  return found;
}

describe("component Harbor", () => {
  it("registers secrets, namespace, policies, release and route below itself", async () => {
    const registered = await deploy(harbor);
    const component = registered.find(({ custom }) => !custom);
    assert.equal(component?.type, "idp:platform:Harbor");
    const children = registered.filter(({ custom }) => custom);
    assert.deepEqual([...new Set(children.map(({ parent }) => parent))], [component.urn]);
    assert.deepEqual(
      children.map(({ type, name }) => `${type} ${name}`).filter((child) => !child.includes("NetworkPolicy")),
      [
        "kubernetes:cert-manager.io/v1:Certificate harbor-route-certificate",
        "kubernetes:core/v1:Namespace harbor-namespace",
        "kubernetes:core/v1:Secret harbor-admin",
        "kubernetes:core/v1:Secret harbor-core-internal",
        "kubernetes:core/v1:Secret harbor-database-login",
        "kubernetes:core/v1:Secret harbor-encryption",
        "kubernetes:core/v1:Secret harbor-jobservice-internal",
        "kubernetes:core/v1:Secret harbor-registry-credentials",
        "kubernetes:core/v1:Secret harbor-registry-http",
        "kubernetes:core/v1:Secret harbor-token",
        "kubernetes:core/v1:Secret harbor-xsrf",
        "kubernetes:helm.sh/v3:Release harbor",
        "kubernetes:traefik.io/v1alpha1:IngressRoute harbor-route-http",
        "kubernetes:traefik.io/v1alpha1:IngressRoute harbor-route-https",
        "kubernetes:traefik.io/v1alpha1:Middleware harbor-route-redirect",
        "random:index/randomPassword:RandomPassword harbor-admin-password",
        "random:index/randomPassword:RandomPassword harbor-core-secret",
        "random:index/randomPassword:RandomPassword harbor-database-password",
        "random:index/randomPassword:RandomPassword harbor-encryption-key",
        "random:index/randomPassword:RandomPassword harbor-jobservice-secret",
        "random:index/randomPassword:RandomPassword harbor-registry-http-secret",
        "random:index/randomPassword:RandomPassword harbor-registry-password",
        "random:index/randomPassword:RandomPassword harbor-xsrf-key",
        "tls:index/privateKey:PrivateKey harbor-token-key",
        "tls:index/selfSignedCert:SelfSignedCert harbor-token-certificate",
      ],
    );
  });

  it("T16: the canaries are in secret inputs only, and none is in the chart values", async () => {
    const registered = await deploy(harbor);
    for (const { name, inputs, secretInputs } of registered) {
      const plain = Object.entries(inputs).filter(([key]) => !secretInputs.includes(key));
      assert.doesNotMatch(JSON.stringify(plain), /canary-/, name);
    }
    assert.deepEqual(named(registered, "harbor").secretInputs, []);
    assert.deepEqual(named(registered, "harbor-registry-credentials").inputs["stringData"], {
      REGISTRY_PASSWD: "canary-harbor-registry-password",
      REGISTRY_HTPASSWD: "harbor_registry_user:bcrypt-canary-harbor-registry-password",
    });
    assert.deepEqual(named(registered, "harbor-token").inputs["stringData"], {
      "tls.key": "canary-harbor-token-key",
      "tls.crt": "certificate-harbor-token-certificate",
    });
  });

  it("signs the certificate of the token key with the key itself", async () => {
    const registered = await deploy(harbor);
    const { inputs, secretInputs } = named(registered, "harbor-token-certificate");
    assert.equal(inputs["privateKeyPem"], "canary-harbor-token-key");
    assert.ok(secretInputs.includes("privateKeyPem"));
    assert.equal(inputs["validityPeriodHours"], 30 * 365 * 24);
    assert.deepEqual(named(registered, "harbor-token-key").inputs, { algorithm: "RSA", rsaBits: 4096 });
  });

  it("installs the release after every Secret that it reads", async () => {
    const registered = await deploy(harbor);
    const { dependencies } = named(registered, "harbor");
    const secrets = registered.filter(({ type }) => type === "kubernetes:core/v1:Secret");
    assert.equal(secrets.length, 9);
    for (const { urn, name } of secrets) assert.ok(dependencies.includes(urn), name);
  });

  it("T16: hands out the password of the user admin as a secret, and the registry's host in plain", async () => {
    const found: unknown[] = [];
    await deploy(async () => {
      const { adminPassword, registry } = harbor();
      found.push(registry, await pulumi.isSecret(adminPassword), await valueOf(adminPassword));
    });
    assert.deepEqual(found, ["harbor.lab.example", true, "canary-harbor-admin-password"]);
  });
});

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
