import assert from "node:assert/strict";
import type { KubernetesManifest } from "../../../../plan/planned-resource";
import { planDelivery } from "../../../../plan/projects/delivery";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles, objectsIn } from "../../../support/delivered";
import { someCluster, someProject } from "../../../support/some-project";

const long = `${"a".repeat(60)}.${"b".repeat(60)}.example.com`;
const domains = ["api.example.com", "example.com", long];

function fileOf(issuer: boolean, name = "api") {
  const git = { type: "github", owner: "myorg", repo: "my-api" };
  const project = someProject({ applications: [{ name, port: 8080, git, domains }] });
  const cluster = { ...someCluster, tls: { ...someCluster.tls, issuer }, entryPoints: { http: "in", https: "insec" } };
  const [file] = gitOpsFiles(planDelivery(project, cluster).resources);
  assert.ok(file);
  return file;
}

function routesTo(host: string, objects: readonly KubernetesManifest[]) {
  const ofHost = objects.filter((object) => at(object, "spec", "routes", 0, "match") === `Host(\`${host}\`)`);
  const [http, https, ...others] = ["in", "insec"].map((entryPoint) =>
    ofHost.find((object) => at(object, "spec", "entryPoints", 0) === entryPoint),
  );
  assert.ok(http && https && others.length === 0 && ofHost.length === 2, host);
  return { http, https };
}

describe("routes of an application's domains", () => {
  it("T36: every domain has a certificate that covers it, and an https route that shows it", () => {
    const file = fileOf(true);
    for (const host of domains) {
      const { https } = routesTo(host, delivered(file, "IngressRoute"));
      const certificates = delivered(file, "Certificate").filter(
        (certificate) => at(certificate, "spec", "secretName") === at(https, "spec", "tls", "secretName"),
      );
      assert.deepEqual(
        certificates.map((certificate) => at(certificate, "spec", "dnsNames")),
        [[host]],
      );
      assert.deepEqual(at(https, "spec", "routes", 0, "services"), [{ name: "api", port: 8080 }]);
      assert.deepEqual(at(certificates[0], "spec", "issuerRef"), { kind: "ClusterIssuer", name: "idp" });
    }
  });

  it("T36: plain http only redirects", () => {
    const file = fileOf(true);
    for (const host of domains) {
      const { http } = routesTo(host, delivered(file, "IngressRoute"));
      assert.deepEqual(at(http, "spec", "routes", 0, "services"), [{ kind: "TraefikService", name: "noop@internal" }]);
      const used = at(http, "spec", "routes", 0, "middlewares", 0, "name");
      const middleware = delivered(file, "Middleware").find(({ metadata }) => metadata.name === used);
      assert.deepEqual(at(middleware, "spec"), { redirectScheme: { scheme: "https", permanent: true } });
      assert.equal(at(http, "spec", "tls"), undefined);
    }
  });

  it("T36: refers to nothing in another namespace", () => {
    const references = objectsIn(fileOf(true)).map(({ metadata, ...object }) => {
      assert.equal(metadata["namespace"], "shop");
      return JSON.stringify(object);
    });
    for (const text of references) assert.doesNotMatch(text, /"namespace"|ClusterSecretStore|@kubernetescrd/);
  });

  it("leaves the certificate to Traefik where nothing signs one", () => {
    const file = fileOf(false);
    assert.deepEqual(delivered(file, "Certificate"), []);
    for (const host of domains)
      assert.deepEqual(at(routesTo(host, delivered(file, "IngressRoute")).https, "spec", "tls"), {});
  });

  it("names certificates after the domain alone, so that a renamed application keeps them", () => {
    const names = (file: ReturnType<typeof fileOf>) =>
      delivered(file, "Certificate").map(({ metadata }) => metadata.name);
    assert.deepEqual(names(fileOf(true)), names(fileOf(true, "backend")));
    assert.ok(names(fileOf(true)).every((name) => name.length <= 52));
  });
});
