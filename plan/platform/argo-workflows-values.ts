import { charts } from "../../model/catalog";
import type { JsonObject } from "../../model/json";
import { type ClusterFacts, imageRepository, resourcesOf } from "../cluster-facts";
import { restrictedContainer, restrictedPod } from "../container-security";
import type { ArgoWorkflowsArgs } from "./argo-workflows";

/** The user of the images of Argo Workflows. Source: argo-workflows Dockerfile */
const user = 8737;

/** Chart values: nobody is let in without a token, and nothing runs but templates that an administrator owns. */
export function argoWorkflowsValues(args: ArgoWorkflowsArgs): JsonObject {
  const { facts } = args;
  return {
    // The chart's tags are exact, so a node that has an image has the right one.
    images: { pullPolicy: "IfNotPresent" },
    // The full definitions come from GitHub by a job with an image of its own; a closed cluster has neither. The small
    // ones do not check the fields of a workflow, which the controller does anyway.
    crds: { install: true, keep: true, full: false },
    // Projects bring their own accounts and roles; a list in these values would roll the controller for each of them.
    workflow: { serviceAccount: { create: false }, rbac: { create: false } },
    controller: controllerValues(args),
    executor: executorValues(facts),
    // Templates override these field by field: one that needs a capability adds it to `capabilities.add`.
    mainContainer: { resources: resourcesOf(facts, "argo-workflows-step"), securityContext: restrictedContainer() },
    server: {
      image: { registry: imageRegistry(facts) },
      authModes: ["client"],
      // Traefik ends TLS in front of it.
      secure: false,
      // `planServerAccess` gives it less than the chart would.
      rbac: { create: false },
      podSecurityContext: restrictedPod(user),
      resources: resourcesOf(facts, "argo-workflows-server"),
    },
  };
}

/**
 * Workflows beside those that build: reports, sweeps, and builds that wait for their turn. The controller counts them all
 * alike, so this is but the end of a storm. Source: argo-workflows workflow/sync/multi_throttler.go
 */
const beside = 100;

function controllerValues({ facts, parallelism, keepHours }: ArgoWorkflowsArgs): JsonObject {
  return {
    image: { registry: imageRegistry(facts) },
    parallelism: parallelism + beside,
    workflowRestrictions: { templateReferencing: "Strict" },
    workflowDefaults: { spec: workflowDefaults(keepHours) },
    // One Event for each step of each workflow fills the datastore of k3s; those of whole workflows stay.
    nodeEvents: { enabled: false },
    podSecurityContext: restrictedPod(user),
    resources: resourcesOf(facts, "argo-workflows-controller"),
  };
}

/** What a template gets unless it says otherwise. */
function workflowDefaults({ succeeded, failed }: ArgoWorkflowsArgs["keepHours"]): JsonObject {
  const hour = 3600;
  return {
    ttlStrategy: {
      secondsAfterSuccess: succeeded * hour,
      secondsAfterFailure: failed * hour,
      // An error (a pod that could not be made, say) counts neither as success nor as failure.
      secondsAfterCompletion: failed * hour,
    },
    // Logs are kept nowhere but in the pods, so those of a workflow that failed stay as long as the workflow does.
    podGC: { strategy: "OnWorkflowSuccess", deleteDelayDuration: "10m" },
    // One that hangs would never end, and what waits for it would never begin.
    activeDeadlineSeconds: hour,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  };
}

function executorValues(facts: ClusterFacts): JsonObject {
  return {
    image: { registry: imageRegistry(facts), tag: executorTag(facts) },
    resources: resourcesOf(facts, "argo-workflows-executor"),
    securityContext: { ...restrictedContainer(), runAsNonRoot: true, runAsUser: user },
  };
}

/**
 * The executor has to be of the controller's version. With another chart version only the chart knows which that is, and
 * its image is kept from running as root by the security context alone.
 */
function executorTag(facts: ClusterFacts): string {
  const { version, appVersion } = charts["argo-workflows"];
  return (facts.charts["argo-workflows"]?.version ?? version) === version ? `${appVersion}-nonroot` : "";
}

function imageRegistry(facts: ClusterFacts): string {
  return imageRepository(facts, "quay.io");
}
