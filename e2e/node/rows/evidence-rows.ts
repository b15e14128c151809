import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { z } from "zod";
import { workflowAccountName } from "../../../model/pipeline-names";
import { releaseNamespace } from "../../../model/repository-names";
import { kubectl } from "../../support/kubectl";
import { askCluster } from "../support/ask-cluster";
import { buildNamespace } from "../support/pipeline-project";
import type { PipelineRun } from "../support/pipeline-world";
import { watcher } from "../support/step-pod";

const tokenFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
const mounts = z.array(z.object({ name: z.string(), mountPath: z.string() }));
const containers = z.array(z.looseObject({ name: z.string(), volumeMounts: mounts.default([]) })).default([]);
const pod = z.looseObject({ spec: z.looseObject({ containers, initContainers: containers }) });

/** What is true of every pod that the rows before ran. */
export function evidenceRows(current: () => PipelineRun): void {
  describe("all pods of these rows", () => {
    it("T12: ran in the namespaces of builds and releases, and each meets the level `restricted`", async () => {
      const level = (namespace: string) =>
        kubectl(
          "get",
          "namespace",
          namespace,
          "-o",
          "jsonpath={.metadata.labels['pod-security\\.kubernetes\\.io/enforce']}",
        );
      assert.deepEqual([level(releaseNamespace), level(buildNamespace)], ["restricted", "privileged"]);
      const { all } = current().runs;
      assert.deepEqual([...new Set(all.map(({ pod: { namespace } }) => namespace))].sort(), [
        buildNamespace,
        releaseNamespace,
      ]);
      const items = all.map(({ pod: { manifest } }) => moved(manifest));
      const admit = (list: readonly object[]) =>
        askCluster(["create", "--dry-run=server", "-f", "-"], { apiVersion: "v1", kind: "List", items: list });
      await admit(items);
      const [one] = items;
      const rooted = z.looseObject({ spec: z.looseObject({}) }).parse(one);
      const asRoot = { ...rooted, spec: { ...rooted.spec, securityContext: { runAsUser: 0 } } };
      await assert.rejects(admit([asRoot]), /violates PodSecurity "restricted/);
    });

    it("T02: only what stands for the executor has a token, and that leaves results and may do no more", () => {
      for (const {
        live,
        pod: { name },
      } of current().runs.all) {
        const { spec } = pod.parse(live);
        for (const { name: container, volumeMounts } of [...spec.initContainers, ...spec.containers]) {
          const [{ name: volume } = { name: "" }] = volumeMounts.filter(({ mountPath }) => mountPath === tokenFolder);
          assert.equal(volume.startsWith("kube-api-access-"), container === watcher.name, `${name}: ${container}`);
          assert.equal(volume === "no-token", container !== watcher.name, `${name}: ${container}`);
        }
      }
      for (const namespace of [buildNamespace, releaseNamespace]) {
        assert.deepEqual(
          ["create", "patch"].map((verb) => may(namespace, verb, "workflowtaskresults.argoproj.io")),
          [true, true],
        );
        const more = [
          ...["get", "list", "update", "delete"].map((verb) => [verb, "workflowtaskresults.argoproj.io"] as const),
          ...["secrets", "pods", "pods/log", "pods/exec", "configmaps"].map((resource) => ["get", resource] as const),
          ...["workflows.argoproj.io", "pods"].map((resource) => ["create", resource] as const),
        ];
        assert.deepEqual(
          more.filter(([verb, resource]) => may(namespace, verb, resource)),
          [],
          namespace,
        );
      }
    });

    it("T16: no key, token or password is in what they printed, what they left, or what the API server knows of them", () => {
      const { runs, secrets } = current();
      const events = [buildNamespace, releaseNamespace].map((namespace) =>
        kubectl("get", "events", "-n", namespace, "-o", "json"),
      );
      const objects = kubectl("get", "clusterworkflowtemplates,workflowtemplates,configmaps", "-A", "-o", "json");
      const text = [
        ...runs.all.map(({ live, log, outputs }) => JSON.stringify([live, log, outputs])),
        ...events,
        objects,
      ].join("\n");
      assert.ok(runs.all.length >= 30);
      for (const [name, secret] of Object.entries<string>({ ...secrets })) {
        const lines = secret.split("\n").filter((line) => line.length >= 20 && !line.startsWith("-----"));
        assert.ok(lines.length > 0, name);
        assert.deepEqual(
          lines.filter((line) => text.includes(line)),
          [],
          name,
        );
      }
    });
  });
}

/** The same pod in the namespace whose level is `restricted`. */
function moved(manifest: object): object {
  const { metadata, ...rest } = z.looseObject({ metadata: z.looseObject({}) }).parse(manifest);
  return { ...rest, metadata: { ...metadata, namespace: releaseNamespace } };
}

function may(namespace: string, verb: string, resource: string): boolean {
  const account = `system:serviceaccount:${namespace}:${workflowAccountName}`;
  const { stdout } = spawnSync("kubectl", ["auth", "can-i", verb, resource, "-n", namespace, "--as", account], {
    encoding: "utf8",
  });
  return stdout.trim() === "yes";
}
