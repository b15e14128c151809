import assert from "node:assert/strict";
import { ArgoEvents } from "../../components/argo-events";
import { someFacts } from "../support/cluster";
import { deploy } from "../support/mock-engine";

describe("component ArgoEvents", () => {
  it("registers the namespace, its policies, the release and the bus below itself", async () => {
    const registered = await deploy(() => new ArgoEvents({ facts: someFacts(), busStorage: "1Gi", busMaxAge: "72h" }));
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:platform:ArgoEvents argo-events",
        "kubernetes:argoproj.io/v1alpha1:EventBus argo-events-bus",
        "kubernetes:core/v1:Namespace argo-events-namespace",
        "kubernetes:core/v1:ServiceAccount argo-events-bus-account",
        "kubernetes:helm.sh/v3:Release argo-events",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-events-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-events-allow-kubernetes-api",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-events-allow-own-namespace",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy argo-events-default-deny",
      ],
    );
  });
});
