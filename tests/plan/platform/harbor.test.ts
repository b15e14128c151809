import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { profileNames } from "../../../model/profiles";
import { type HarborArgs, planHarbor } from "../../../plan/platform/harbor";
import { harborValues } from "../../../plan/platform/harbor-values";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

function someArgs(changes: Partial<HarborArgs> = {}, settings: object = {}): HarborArgs {
  return {
    facts: someFacts({ entryPoints: { internal: { http: "intweb", https: "intwebsec" } }, ...settings }),
    host: "harbor.lab.example",
    storage: { images: "20Gi", database: "2Gi", redis: "1Gi", jobLog: "3Gi", trivy: "5Gi" },
    trivy: false,
    ...changes,
  };
}

/** Where the chart takes the image and the resources of each container from. */
const containers = [
  ["nginx"],
  ["portal"],
  ["core"],
  ["jobservice"],
  ["registry", "registry"],
  ["registry", "controller"],
  ["database", "internal"],
  ["redis", "internal"],
  ["trivy"],
];

describe("plan of Harbor", () => {
  const plan = planHarbor(someArgs());
  const values = harborValues(someArgs());

  it("names a kind of exposure that the chart knows, without TLS, behind the host that clients use", () => {
    assert.equal(at(values, "expose", "type"), "clusterIP");
    assert.equal(at(values, "expose", "tls", "enabled"), false);
    assert.equal(at(values, "internalTLS", "enabled"), false);
    assert.equal(at(values, "externalURL"), "https://harbor.lab.example");
    assert.equal(at(values, "registry", "relativeurls"), true);
  });

  it("purges abandoned uploads, replaces pods before it starts new ones, and runs no hook and no metrics", () => {
    assert.deepEqual(at(values, "registry", "upload_purging"), {
      enabled: true,
      age: "168h",
      interval: "24h",
      dryrun: false,
    });
    assert.equal(at(values, "updateStrategy", "type"), "Recreate");
    assert.equal(at(values, "enableMigrateHelmHook"), false);
    assert.equal(at(values, "metrics", "enabled"), false);
  });

  it("keeps every volume, of the configured size and class", () => {
    const large = harborValues(someArgs({}, { storageClass: "fast" }));
    assert.equal(at(large, "persistence", "resourcePolicy"), "keep");
    const claims = at(large, "persistence", "persistentVolumeClaim");
    assert.deepEqual(at(claims, "registry"), { size: "20Gi", storageClass: "fast" });
    assert.deepEqual(at(claims, "jobservice", "jobLog"), { size: "3Gi", storageClass: "fast" });
    assert.deepEqual(at(claims, "database"), { size: "2Gi", storageClass: "fast" });
    assert.deepEqual(at(claims, "redis"), { size: "1Gi", storageClass: "fast" });
    assert.deepEqual(at(claims, "trivy"), { size: "5Gi", storageClass: "fast" });
    assert.equal(plannedManifest(plan, "harbor-namespace").retain, true);
  });

  it("says which volumes go with the release, Trivy's only when it is on", () => {
    const names = (trivy: boolean) => releaseOf(planHarbor(someArgs({ trivy }))).volumes?.map(({ name }) => name);
    assert.deepEqual(names(false), ["images", "database", "redis", "job-log"]);
    assert.deepEqual(names(true), ["images", "database", "redis", "job-log", "trivy"]);
  });

  it("runs Trivy only when told", () => {
    assert.equal(at(values, "trivy", "enabled"), false);
    const scanning = planHarbor(someArgs({ trivy: true }));
    assert.equal(at(releaseOf(scanning).values, "trivy", "enabled"), true);
    const pods = (of: typeof plan) => of.workloads.map(({ name }) => name);
    assert.deepEqual(
      pods(scanning).filter((name) => !pods(plan).includes(name)),
      ["harbor-trivy"],
    );
  });

  it("counts the two containers of the registry as one pod", () => {
    const registry = planHarbor(someArgs({}, { profile: "nano" })).workloads.find(
      ({ name }) => name === "harbor-registry",
    );
    assert.deepEqual(registry, { name: "harbor-registry", replicas: 1, requests: { cpu: "40m", memory: "96Mi" } });
  });

  it("T10: pulls every image through the mirror", () => {
    const mirrored = harborValues(someArgs({ trivy: true }, { imageRegistry: "mirror.lab.example/proxy" }));
    for (const path of containers) {
      const repository = String(at(mirrored, ...path, "image", "repository"));
      assert.match(repository, /^mirror\.lab\.example\/proxy\/docker\.io\/goharbor\/[a-z-]+$/, path.join("."));
    }
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const labels = at(plannedManifest(plan, "harbor-namespace").manifest, "metadata", "labels");
    assert.equal(at(labels, "pod-security.kubernetes.io/enforce"), "restricted");
    assert.match(String(at(labels, "pod-security.kubernetes.io/enforce-version")), /^v1\.\d+$/);
  });

  it("T14: every container has requests and a memory limit, in every profile", () => {
    for (const profile of profileNames) {
      const inProfile = harborValues(someArgs({ trivy: true }, { profile }));
      for (const path of [...containers, ["database", "internal", "initContainer", "permissions"]]) {
        const resources = at(inProfile, ...path, "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/, path.join("."));
        assert.match(String(at(resources, "requests", "memory")), /^\d+[MG]i$/, path.join("."));
        assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/, path.join("."));
      }
    }
  });

  it("T36: its host has a certificate and a route with TLS, and plain http only redirects", () => {
    assert.deepEqual(at(manifestsOf(plan, "Certificate"), 0, "spec", "dnsNames"), ["harbor.lab.example"]);
    const https = plannedManifest(plan, "harbor-route-https").manifest;
    assert.deepEqual(at(https, "spec", "routes", 0, "services"), [{ name: "harbor", port: 80 }]);
    assert.deepEqual(at(https, "spec", "tls"), { secretName: "harbor-tls" });
    const http = plannedManifest(plan, "harbor-route-http").manifest;
    assert.deepEqual(at(http, "spec", "routes", 0, "middlewares"), [{ name: "harbor-redirect" }]);
    assert.deepEqual(plan.dependsOn, ["cert-manager"]);
    assert.deepEqual(planHarbor(someArgs({}, { tls: { mode: "traefik" } })).dependsOn, []);
    assert.deepEqual(plan.addresses, ["https://harbor.lab.example"]);
  });

  it("T37: its routes listen on the internal entry points only", () => {
    const entryPoints = manifestsOf(plan, "IngressRoute").map((route) => at(route, "spec", "entryPoints"));
    assert.deepEqual(entryPoints, [["intweb"], ["intwebsec"]]);
  });

  it("T43: takes the chart from the catalog, at an exact version", () => {
    const { repository, chart, version } = charts.harbor;
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("lets in Traefik alone, and only to nginx", () => {
    const { spec } = plannedManifest(plan, "harbor-allow-traefik").manifest;
    assert.deepEqual(at(spec, "podSelector", "matchLabels"), { release: "harbor", component: "nginx" });
    assert.deepEqual(at(spec, "ingress", 0, "ports"), [{ protocol: "TCP", port: 8080 }]);
    assert.equal(at(spec, "ingress", 1), undefined);
  });
});
