import assert from "node:assert/strict";
import { charts } from "../../../model/catalog";
import { secretOf, secretText } from "../../../model/secret-text";
import { type ArgoCdArgs, planArgoCd } from "../../../plan/platform/argo-cd";
import { argoCdValues } from "../../../plan/platform/argo-cd-values";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

function someArgs(changes: Partial<ArgoCdArgs> = {}, settings: object = {}): ArgoCdArgs {
  return {
    facts: someFacts({ entryPoints: { internal: { http: "intweb", https: "intwebsec" } }, ...settings }),
    host: "argocd.lab.example",
    webhookHost: "",
    infrastructure: { repository: "", revision: "main", path: "apps/*" },
    imageUpdater: false,
    vaultPlugin: false,
    hasInfrastructureToken: false,
    ...changes,
  };
}

describe("plan of Argo CD", () => {
  const plan = planArgoCd(someArgs());
  const values = argoCdValues(someArgs());

  it("takes both passwords from generated ones, long enough for what they do", () => {
    const passwords = plan.resources.flatMap((resource) => (resource.kind === "password" ? [resource] : []));
    assert.deepEqual(
      passwords.map(({ name, length }) => [name, length]),
      [
        ["argo-cd-admin-password", 32],
        ["argo-cd-webhook-secret", 64],
      ],
    );
    assert.deepEqual(at(values, "configs", "secret"), {
      argocdServerAdminPassword: secretText(secretOf("argo-cd-admin-password", "bcrypt")),
      argocdServerAdminPasswordMtime: "2026-01-01T00:00:00Z",
      githubSecret: secretText(secretOf("argo-cd-webhook-secret")),
    });
  });

  it("serves plain http behind Traefik, inflates charts in kustomizations, and runs no dex or notifications", () => {
    assert.equal(at(values, "configs", "params", "server.insecure"), "true");
    assert.equal(at(values, "configs", "params", "applicationsetcontroller.policy"), "sync");
    assert.equal(at(values, "configs", "cm", "kustomize.buildOptions"), "--enable-helm");
    assert.equal(at(values, "dex", "enabled"), false);
    assert.equal(at(values, "notifications", "enabled"), false);
    assert.equal(at(values, "global", "networkPolicy", "create"), false);
  });

  it("T10: pulls every image through the mirror", () => {
    const mirrored = argoCdValues(someArgs({}, { imageRegistry: "mirror.lab.example/proxy" }));
    assert.equal(at(mirrored, "global", "image", "repository"), "mirror.lab.example/proxy/quay.io/argoproj/argocd");
    const redis = at(mirrored, "redis", "image", "repository");
    assert.equal(redis, "mirror.lab.example/proxy/ecr-public.aws.com/docker/library/redis");
  });

  it("T11: its namespace enforces the restricted level of a pinned version", () => {
    const [namespace, ...others] = manifestsOf(plan, "Namespace");
    assert.equal(others.length, 0);
    assert.equal(at(namespace, "metadata", "name"), "argocd");
    assert.equal(at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce"), "restricted");
    const version = at(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce-version");
    assert.match(String(version), /^v1\.\d+$/);
  });

  it("T14: every container has requests and a memory limit, in every profile", () => {
    const containers = [
      ["controller"],
      ["server"],
      ["applicationSet"],
      ["repoServer"],
      ["repoServer", "copyutil"],
      ["redis"],
      ["redisSecretInit"],
    ];
    for (const profile of ["nano", "small", "full"]) {
      const inProfile = argoCdValues(someArgs({}, { profile }));
      for (const path of containers) {
        const resources = at(inProfile, ...path, "resources");
        assert.match(String(at(resources, "requests", "cpu")), /^\d+m$/, path.join("."));
        assert.match(String(at(resources, "requests", "memory")), /^\d+Mi$/, path.join("."));
        assert.match(String(at(resources, "limits", "memory")), /^\d+[MG]i$/, path.join("."));
      }
    }
    assert.equal(plan.workloads.length, 5);
  });

  it("T35: planned twice is the same", () => {
    const args = () => someArgs({ webhookHost: "hooks.example.com", hasInfrastructureToken: true });
    assert.deepEqual(planArgoCd(args()), planArgoCd(args()));
  });

  it("T41: certificates come after cert-manager, where there is one", () => {
    assert.deepEqual(plan.dependsOn, ["cert-manager"]);
    assert.deepEqual(planArgoCd(someArgs({}, { tls: { mode: "traefik" } })).dependsOn, []);
  });

  it("T43: the chart is exactly the catalog's", () => {
    const { repository, chart, version } = charts["argo-cd"];
    assert.deepEqual(releaseOf(plan).source, { repository, chart, version });
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });
});

describe("routes of Argo CD", () => {
  const plan = planArgoCd(someArgs({ webhookHost: "hooks.example.com" }));

  it("T37: the user interface listens on the internal entry points only", () => {
    const routes = manifestsOf(planArgoCd(someArgs()), "IngressRoute");
    assert.deepEqual(
      routes.map((route) => at(route, "spec", "entryPoints")),
      [["intweb"], ["intwebsec"]],
    );
  });

  it("T37: the internet reaches POST on the exact path of the webhook, and a redirect to https", () => {
    const open = manifestsOf(plan, "IngressRoute").filter((route) =>
      ["web", "websecure"].includes(String(at(route, "spec", "entryPoints", 0))),
    );
    const [http, https, ...others] = open.map((route) => at(route, "spec", "routes", 0));
    assert.equal(others.length, 0);
    assert.deepEqual(at(http, "middlewares"), [{ name: "argo-cd-webhook-redirect" }]);
    assert.deepEqual(at(http, "services"), [{ kind: "TraefikService", name: "noop@internal" }]);
    assert.equal(at(https, "match"), "Host(`hooks.example.com`) && Method(`POST`) && Path(`/api/webhook`)");
    assert.deepEqual(at(https, "services"), [{ name: "argocd-server", port: 80 }]);
  });

  it("tells where it answers", () => {
    assert.deepEqual(plan.addresses, ["https://argocd.lab.example", "https://hooks.example.com/api/webhook"]);
    assert.deepEqual(planArgoCd(someArgs()).addresses, ["https://argocd.lab.example"]);
  });

  it("lets Traefik reach the server and nothing else", () => {
    const policy = plannedManifest(plan, "argo-cd-allow-traefik").manifest;
    assert.deepEqual(at(policy, "spec", "podSelector", "matchLabels"), { "app.kubernetes.io/name": "argocd-server" });
    assert.deepEqual(at(policy, "spec", "ingress", 0, "ports"), [{ protocol: "TCP", port: 8080 }]);
  });
});
