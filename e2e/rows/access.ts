import assert from "node:assert/strict";
import { isJsonObject, type JsonObject } from "../../model/json";
import { buildName } from "../../model/names";
import { pushName, releaseTemplateName, sensorAccountName, workflowAccountName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import { releaseNamespace } from "../../model/repository-names";
import { restarterAccountName } from "../../model/restarter-name";
import { signerAccountName } from "../../model/signing-names";
import { at } from "../../tests/support/at";
import { calledApplications, pushCall, pushedCommit, reportCall } from "../support/calls";
import { installedWorkflows } from "../support/installed-sensor";
import { complaintOf, listObjects } from "../support/kubectl";
import { type Account, rightsOf, userName } from "../support/rights";

const sensor: Account = { namespace: platformNamespaces.argoEvents, name: sensorAccountName };
const eventSource: Account = { namespace: platformNamespaces.argoEvents, name: pushName };
const builds = ["shop-build", "shop-eu-build"] as const;

const startsWorkflows = ["create argoproj.io/workflows"];
const leavesResults = ["create argoproj.io/workflowtaskresults", "patch argoproj.io/workflowtaskresults"];

/** What the API server lets the accounts of the pipeline do, and what it makes of the Workflows that come of calls. */
export function accessRows(): void {
  describe("accounts of the pipeline, API server", () => {
    it("T01: the Sensor may make Workflows where builds and releases run, and do nothing else anywhere", () => {
      assert.deepEqual(rightsOf(sensor), {
        [releaseNamespace]: startsWorkflows,
        "shop-build": startsWorkflows,
        "shop-eu-build": startsWorkflows,
      });
    });

    it("T02: whom the pods of Workflows run as may leave results in their own namespace, and do nothing else anywhere", () => {
      for (const namespace of [...builds, releaseNamespace])
        assert.deepEqual(rightsOf({ namespace, name: workflowAccountName }), { [namespace]: leavesResults }, namespace);
      const signer = { namespace: "shop-build", name: signerAccountName };
      assert.deepEqual(rightsOf(signer), { "shop-build": leavesResults });
      assert.deepEqual(rightsOf({ namespace: releaseNamespace, name: restarterAccountName }), {
        [releaseNamespace]: leavesResults,
        "shop-eu": ["patch apps/deployments api"],
      });
    });

    it("T03: the event source may do nothing anywhere, and no other account of these namespaces may do anything", () => {
      assert.deepEqual(rightsOf(eventSource), {});
      const entitled = [signerAccountName, workflowAccountName, restarterAccountName];
      for (const namespace of [...builds, releaseNamespace]) {
        const names = listObjects("serviceaccounts", "-n", namespace).map(({ metadata }) => metadata.name);
        const others = names.filter((name) => !entitled.includes(name));
        assert.ok(others.includes("default"));
        for (const name of others) assert.deepEqual(rightsOf({ namespace, name }), {}, `${namespace} ${name}`);
      }
    });

    for (const { account, title, allowed, refused } of questions)
      it(`${title}: kubectl auth can-i`, () => {
        for (const question of allowed) assert.ok(may(account, question), question);
        for (const question of refused) assert.ok(!may(account, question), question);
      });

    for (const application of calledApplications) {
      const { project, name } = application;
      it(`T01, T02: a push to ${project}/${name} and its report become Workflows that the Sensor may make there only`, () => {
        const builds = installedWorkflows(pushCall(application)).filter((workflow) => templateOf(workflow) === name);
        const releases = installedWorkflows(reportCall(application));
        const [build, release] = [builds[0], releases[0]];
        assert.deepEqual([builds.length, releases.map(templateOf)], [1, [releaseTemplateName]]);
        assert.equal(at(build, "metadata", "name"), buildName(name, pushedCommit));
        for (const [workflow, namespace] of [
          [build, `${project}-build`],
          [release, releaseNamespace],
        ] as const) {
          assert.equal(at(workflow, "metadata", "namespace"), namespace);
          assert.equal(made(workflow, namespace), undefined);
        }
        const refusal = /User "system:serviceaccount:argo-events:push-sensor" cannot create resource "workflows"/;
        for (const namespace of [project, "default", platformNamespaces.argoEvents, platformNamespaces.argoWorkflows])
          for (const workflow of [build, release]) assert.match(made(workflow, namespace) ?? "", refusal, namespace);
      });
    }

    it("T06: what stands in the cluster starts nothing for another branch, a deleted one, a tag, another repository or other files", () => {
      const [api, web, worker] = calledApplications;
      assert.ok(api && web && worker);
      assert.equal(installedWorkflows(pushCall(web)).length, 1);
      for (const change of [
        { ref: "refs/heads/other" },
        { ref: "refs/tags/main" },
        { deleted: true },
        { after: "0".repeat(40) },
        { after: "$(reboot)" },
        { repository: { full_name: "partner/shop-web", pushed_at: 0 } },
      ])
        assert.deepEqual(installedWorkflows(pushCall(web, change)), [], JSON.stringify(change));
      // Of one repository: the change is none of the second one's.
      assert.deepEqual(installedWorkflows(pushCall(api)).map(templateOf), ["api"]);
      assert.deepEqual(installedWorkflows(pushCall(worker)).map(templateOf), ["api", "worker"]);
    });
  });
}

interface Questions {
  readonly account: Account;
  readonly title: string;
  /** Such as `create workflows.argoproj.io -n shop-build`. */
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const workflows = "workflows.argoproj.io";

const questions: readonly Questions[] = [
  {
    account: sensor,
    title: "T01: the Sensor",
    allowed: [...builds, releaseNamespace].map((namespace) => `create ${workflows} -n ${namespace}`),
    refused: [
      ...["get", "list", "watch", "update", "patch", "delete", "deletecollection"].map(
        (verb) => `${verb} ${workflows} -n shop-build`,
      ),
      ...["shop", "default", platformNamespaces.argoEvents].map((namespace) => `create ${workflows} -n ${namespace}`),
      ...["pods", "secrets", "serviceaccounts/token", "workflowtemplates.argoproj.io", "sensors.argoproj.io"].map(
        (resource) => `create ${resource} -n shop-build`,
      ),
      ...["secrets -n releases", "secrets -n shop-build", "secrets -n argo-events", "secrets -A"].map(
        (place) => `get ${place}`,
      ),
      `create ${workflows} -A`,
    ],
  },
  {
    account: { namespace: "shop-build", name: workflowAccountName },
    title: "T02: the pods of builds",
    allowed: leavesResults.map(
      (right) => `${right.replace("argoproj.io/workflowtaskresults", "workflowtaskresults.argoproj.io")} -n shop-build`,
    ),
    refused: [
      "get workflowtaskresults.argoproj.io -n shop-build",
      "create workflowtaskresults.argoproj.io -n shop-eu-build",
      `create ${workflows} -n shop-build`,
      "get pods -n shop-build",
      "get pods/log -n shop-build",
      "get secrets -n shop-build",
      "get secrets -n shop",
      "get configmaps -n shop-build",
    ],
  },
  {
    account: eventSource,
    title: "T03: the event source",
    allowed: [],
    refused: [
      `create ${workflows} -n shop-build`,
      "get secrets -n argo-events",
      "get configmaps -n argo-events",
      "get eventsources.argoproj.io -n argo-events",
      "list pods -n argo-events",
      "get leases.coordination.k8s.io -n argo-events",
    ],
  },
];

/** kubectl ends with 1 for no, and complains of nothing. */
function may(account: Account, question: string): boolean {
  return complaintOf(["auth", "can-i", ...question.split(" "), `--as=${userName(account)}`]) === undefined;
}

/** What the API server complains of when the Sensor makes a Workflow in a namespace. */
function made(workflow: JsonObject | undefined, namespace: string): string | undefined {
  const { metadata = {}, ...rest } = workflow ?? {};
  const placed = { ...rest, metadata: { ...(isJsonObject(metadata) ? metadata : {}), namespace } };
  return complaintOf(["create", "--dry-run=server", `--as=${userName(sensor)}`, "-f", "-"], placed);
}

/** Name of the template that a Workflow goes by. */
function templateOf(workflow: JsonObject): unknown {
  return at(workflow, "spec", "workflowTemplateRef", "name");
}
