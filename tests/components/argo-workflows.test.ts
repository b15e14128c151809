import assert from "node:assert/strict";
import { ArgoWorkflows } from "../../components/argo-workflows";
import { someFacts } from "../support/cluster";
import { deploy } from "../support/mock-engine";

describe("component ArgoWorkflows", () => {
  const workflows = () =>
    new ArgoWorkflows({
      facts: someFacts(),
      host: "workflows.lab.example",
      parallelism: 2,
      keepHours: { succeeded: 24, failed: 168 },
    });

  it("registers the namespace, its policies, the server's access, the release and the route below itself", async () => {
    const registered = await deploy(workflows);
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:platform:ArgoWorkflows argo-workflows",
        "kubernetes:cert-manager.io/v1:Certificate argo-workflows-route-certificate",
        "kubernetes:core/v1:Namespace argo-workflows-namespace",
        "kubernetes:helm.sh/v3:Release argo-workflows",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-workflows-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-workflows-allow-kubernetes-api",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-workflows-allow-own-namespace",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-workflows-allow-traefik",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-workflows-default-deny",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole argo-workflows-server-view-role",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding argo-workflows-server-view-binding",
        "kubernetes:rbac.authorization.k8s.io/v1:Role argo-workflows-server-settings-role",
        "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding argo-workflows-server-settings-binding",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-workflows-route-http",
        "kubernetes:traefik.io/v1alpha1:IngressRoute argo-workflows-route-https",
        "kubernetes:traefik.io/v1alpha1:Middleware argo-workflows-route-redirect",
      ],
    );
  });

  it("T16: holds no secret at all", async () => {
    const registered = await deploy(workflows);
    assert.deepEqual([...new Set(registered.flatMap(({ secretInputs }) => secretInputs))], []);
  });

  it("makes the server's access before the server starts", async () => {
    const registered = await deploy(workflows);
    const release = registered.find(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    const access = registered.filter(({ name }) => name.startsWith("argo-workflows-server-"));
    assert.equal(access.length, 4);
    for (const { urn, name } of access) assert.ok(release?.dependencies.includes(urn), name);
  });
});
