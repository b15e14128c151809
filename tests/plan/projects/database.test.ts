import assert from "node:assert/strict";
import { databaseEngines, engineVersion } from "../../../model/database-engines";
import { isSecretText, secretMark, withSecretMarks } from "../../../model/secret-text";
import type { PlannedManifest } from "../../../plan/planned-resource";
import { type PlannedDatabase, planDatabase } from "../../../plan/projects/database";
import { at } from "../../support/at";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

const project = someProject({ databases: everyDatabase() });

const passwordVariables = {
  mysql: ["MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"],
  postgres: ["APPLICATION_PASSWORD", "POSTGRES_PASSWORD"],
  redis: ["REDISCLI_AUTH"],
  mongodb: ["MONGO_INITDB_APPLICATION_PASSWORD", "MONGO_INITDB_ROOT_PASSWORD"],
} as const;

for (const database of project.databases) {
  const { name, type, version } = database;

  describe(`plan of a database: ${type} ${version}`, () => {
    const plan = planDatabase(project, database, someCluster);
    const set = only(plan, "StatefulSet");
    const spec = at(set, "manifest", "spec");
    const pod = at(spec, "template", "spec");
    const container = at(pod, "containers", 0);
    const stringData = at(only(plan, "Secret"), "manifest", "stringData");

    it("T38: needs a password of its own for the superuser and for the application", () => {
      assert.deepEqual(
        plan.resources.flatMap((resource) => (resource.kind === "password" ? [resource] : [])),
        [`shop.${name}.root-password`, `shop.${name}.password`].map((password) => ({
          ...{ kind: "password", name: password, length: 32, protect: true },
        })),
      );
      assert.equal(markAt(stringData, "password"), `<secret shop.${name}.password>`);
      assert.equal(markAt(stringData, "root-password"), `<secret shop.${name}.root-password>`);
      assert.notEqual(at(stringData, "username"), at(stringData, "root-username"));
      const variables = passwords(container);
      assert.deepEqual(variables.map(([variable]) => variable).sort(), passwordVariables[type]);
      assert.equal(new Set(variables.map(([, key]) => key)).size, variables.length);
    });

    it("T38: gives the application everything to connect, in a Secret that stays", () => {
      const host = `${name}.shop.svc.cluster.local`;
      assert.equal(at(stringData, "host"), host);
      assert.equal(at(stringData, "port"), String(databaseEngines[type].port));
      assert.equal(at(stringData, "username"), "app");
      assert.match(
        markAt(stringData, "url"),
        new RegExp(`^[a-z]+://app:<secret shop.${name}.password>@${host}:\\d+/(app|0)`),
      );
      assert.equal(only(plan, "Secret").retain, true);
      assert.equal(at(only(plan, "Secret"), "manifest", "metadata", "name"), `${name}-credentials`);
    });

    it("T38: keeps its volume when the StatefulSet goes, and protects it", () => {
      assert.deepEqual(at(spec, "persistentVolumeClaimRetentionPolicy"), {
        whenDeleted: "Retain",
        whenScaled: "Retain",
      });
      assert.equal(set.protect, true);
      assert.deepEqual(set.volumes, [
        {
          name,
          size: "2Gi",
          format: engineVersion(type, version).format,
          ...(type === "redis" ? { upgradesItself: true } : {}),
        },
      ]);
      assert.deepEqual(at(spec, "volumeClaimTemplates", 0, "spec"), {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "local-path",
        resources: { requests: { storage: "2Gi" } },
      });
    });

    it("T38: mounts the volume where this version keeps its data, and runs an explicit minor version", () => {
      const { mountPath, tag } = engineVersion(type, version);
      assert.deepEqual(at(container, "volumeMounts", 0), { name: "data", mountPath });
      assert.equal(at(container, "image"), `${databaseEngines[type].repository}:${tag}`);
      assert.equal(plan.facts.image, at(container, "image"));
    });

    it("T14: asks for CPU and memory, and has a limit of memory", () => {
      assert.deepEqual(at(container, "resources"), databaseEngines[type].resources);
      assert.deepEqual(plan.workload.requests, databaseEngines[type].resources.requests);
      assert.equal(at(pod, "containers", 1), undefined);
      assert.equal(at(pod, "initContainers"), undefined);
    });

    it("T15: has no token of the API, nothing of its node and no right that it does not use", () => {
      assert.equal(at(pod, "automountServiceAccountToken"), false);
      assert.equal(at(pod, "enableServiceLinks"), false);
      assert.doesNotMatch(JSON.stringify(pod), /hostPath|hostNetwork|hostPID|hostPort|docker\.sock|privileged/);
      assert.equal(at(pod, "securityContext", "runAsNonRoot"), true);
      assert.equal(at(pod, "securityContext", "fsGroup"), databaseEngines[type].user);
      assert.deepEqual(at(pod, "securityContext", "seccompProfile"), { type: "RuntimeDefault" });
      assert.deepEqual(at(container, "securityContext"), {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
    });

    it("is checked at start, for readiness and for life, and gets time for its first start", () => {
      for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
        const how = at(container, probe, type === "mongodb" ? "tcpSocket" : "exec");
        assert.notEqual(how, undefined, probe);
      }
      const startup = at(container, "startupProbe");
      assert.equal(Number(at(startup, "periodSeconds")) * Number(at(startup, "failureThreshold")), 600);
    });

    it("T16: writes no password into the pod", () => {
      const text = JSON.stringify(withSecretMarks(set.manifest));
      assert.doesNotMatch(text, /<secret /);
    });

    it("finds its pod by labels that the pod has", () => {
      const labels = at(spec, "template", "metadata", "labels");
      for (const selector of [
        at(spec, "selector", "matchLabels"),
        at(only(plan, "Service"), "manifest", "spec", "selector"),
      ]) {
        assert.ok(typeof selector === "object" && selector !== null);
        for (const [key, value] of Object.entries(selector)) assert.equal(at(labels, key), value);
      }
      assert.equal(
        at(only(plan, "Service"), "manifest", "spec", "ports", 0, "targetPort"),
        at(container, "ports", 0, "name"),
      );
    });
  });
}

describe("plan of a database", () => {
  it("offers the port of the file and lets the server listen on its own", () => {
    const changed = someProject({
      databases: [{ name: "db", type: "postgres", version: "17", port: 15432, size: "1Gi" }],
    });
    const plan = planDatabase(changed, onlyDatabase(changed), someCluster);
    assert.equal(plan.facts.port, 15432);
    assert.equal(at(only(plan, "Service"), "manifest", "spec", "ports", 0, "port"), 15432);
    const container = at(only(plan, "StatefulSet"), "manifest", "spec", "template", "spec", "containers", 0);
    assert.equal(at(container, "ports", 0, "containerPort"), 5432);
    const secret = at(only(plan, "Secret"), "manifest", "stringData");
    assert.equal(at(secret, "port"), "15432");
    assert.match(markAt(secret, "url"), /:15432\/app$/);
  });

  it("pulls its image through the cluster's mirror", () => {
    const mirrored = { ...someCluster, imageRegistry: "mirror.lab.example/proxy" };
    const database = onlyDatabase(
      someProject({ databases: [{ name: "db", type: "redis", version: "7.2", size: "1Gi" }] }),
    );
    assert.equal(
      planDatabase(project, database, mirrored).facts.image,
      "mirror.lab.example/proxy/docker.io/library/redis:7.2.16-bookworm",
    );
  });

  it("T38: warns of MongoDB 5 by project and database", () => {
    const blog = someProject({ databases: [{ name: "mongo", type: "mongodb", version: "5.0", size: "1Gi" }] }, "blog");
    assert.deepEqual(planDatabase(blog, onlyDatabase(blog), someCluster).warnings, [
      "blog/mongo: MongoDB 5.0 needs a CPU with AVX (Celeron and Atom mini PCs crash); use 4.4 or check /proc/cpuinfo",
      "blog/mongo: MongoDB 5.0 has had no fixes since May 2026; use 8.0",
    ]);
  });
});

function only(plan: PlannedDatabase, kind: string): PlannedManifest {
  const [first, second] = manifestsOf(plan.resources, kind);
  assert.ok(first !== undefined && second === undefined, `one ${kind}`);
  return first;
}

function onlyDatabase({ databases }: ReturnType<typeof someProject>) {
  const [first] = databases;
  assert.ok(first);
  return first;
}

function markAt(data: unknown, key: string): string {
  const text = at(data, key);
  assert.ok(isSecretText(text), key);
  return secretMark(text);
}

/** Variables that come from the Secret, with the key that each comes from. */
function passwords(container: unknown): readonly (readonly [string, string])[] {
  const env = at(container, "env");
  assert.ok(Array.isArray(env));
  return env
    .filter((variable: unknown) => at(variable, "valueFrom") !== undefined)
    .map((variable: unknown) => [
      String(at(variable, "name")),
      String(at(variable, "valueFrom", "secretKeyRef", "key")),
    ]);
}
