import assert from "node:assert/strict";
import { argoCdTraffic } from "../../../plan/platform/argo-cd-traffic";
import { argoCdValues } from "../../../plan/platform/argo-cd-values";
import { argoEventsValues } from "../../../plan/platform/argo-events";
import { argoWorkflowsValues } from "../../../plan/platform/argo-workflows-values";
import { planHarbor } from "../../../plan/platform/harbor";
import { vaultValues } from "../../../plan/platform/vault-values";
import { platformArgs } from "../../../plan/platform/platform-args";
import { at } from "../../support/at";
import { someSettings } from "../../support/cluster";

const args = platformArgs(someSettings(), new Set());

type Row = readonly [reason: string, values: object, path: readonly (string | number)[], expected: unknown];

/** Chart values whose loss nobody would see before something happens. */
const rows: readonly Row[] = [
  [
    "the workflow server speaks http behind Traefik",
    argoWorkflowsValues(args.argoWorkflows),
    ["server", "secure"],
    false,
  ],
  [
    "a workflow that hangs ends",
    argoWorkflowsValues(args.argoWorkflows),
    ["controller", "workflowDefaults", "spec", "activeDeadlineSeconds"],
    3600,
  ],
  [
    "a workflow's pods do not run as root",
    argoWorkflowsValues(args.argoWorkflows),
    ["controller", "workflowDefaults", "spec", "securityContext", "runAsNonRoot"],
    true,
  ],
  [
    "the workflow server does not run as root",
    argoWorkflowsValues(args.argoWorkflows),
    ["server", "podSecurityContext", "runAsNonRoot"],
    true,
  ],
  [
    "the repo server has no token for the Kubernetes API",
    argoCdValues(args.argoCd),
    ["repoServer", "automountServiceAccountToken"],
    false,
  ],
  [
    "renders do not pile up below the memory limit",
    argoCdValues(args.argoCd),
    ["configs", "params", "reposerver.parallelism.limit"],
    "2",
  ],
  ["a removed chart does not take the buses with it", argoEventsValues(args.argoEvents.facts), ["crds", "keep"], true],
  ["Vault listens in plain http inside the cluster only", vaultValues(args.vault), ["global", "tlsDisable"], true],
];

describe("chart values on purpose", () => {
  for (const [reason, values, path, expected] of rows) {
    it(reason, () => {
      assert.equal(at(values, ...path), expected);
    });
  }

  it("gives Harbor's first start the time that it needs, and a way to other registries", () => {
    const { resources } = planHarbor(args.harbor);
    const release = resources.find(({ kind }) => kind === "release");
    assert.ok(release?.kind === "release" && release.timeout >= 1200);
    const policy = resources.find(({ name }) => name === "harbor-allow-registries");
    assert.deepEqual(at(policy, "manifest", "spec", "egress", 0, "ports"), [{ protocol: "TCP", port: 443 }]);
  });

  it("lets the job that makes the password of Redis reach the API, and the repo server reach Traefik", () => {
    const names = argoCdTraffic(args.argoCd).map(({ name, direction }) => `${direction} ${name}`);
    assert.ok(names.includes("egress kubernetes-api-redis-secret-init"));
    assert.ok(names.includes("egress sources-of-this-cluster"));
  });
});
