import assert from "node:assert/strict";
import fc from "fast-check";
import { databaseEngines } from "../../model/database-engines";
import type { Application, Database, Project } from "../../model/project";
import { applicationLabels, databaseLabels } from "../../plan/projects/project-labels";
import { planTenancy } from "../../plan/projects/tenancy";
import { type Pod, policiesOf } from "./network-reach";
import { manifestsOf, someCluster } from "./some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const types = ["mysql", "postgres", "redis", "mongodb"] as const;
const versions = { mysql: "8.4", postgres: "17", redis: "7.2", mongodb: "8.0" } as const;
export const traefik: Pod = { namespace: "kube-system", labels: { "app.kubernetes.io/name": "traefik" } };
export const build: Pod = { namespace: "shop-build", labels: {} };

/** A project of up to three applications and databases, with any of the links between them. */
export const anyProject = fc
  .record({ applications: fc.integer({ min: 0, max: 3 }), databases: fc.integer({ min: 0, max: 3 }) })
  .chain(({ applications, databases }) => {
    const apps = ["dns", "databases", "web"].slice(0, applications);
    const stores = ["cache", "main", "dns-data"].slice(0, databases);
    return fc.record({
      applications: fc.tuple(...apps.map((name, index) => anyApplication(name, { apps, stores, port: 8000 + index }))),
      databases: fc.tuple(...stores.map((name) => fc.constantFrom(...types).map((type) => aDatabase(name, type)))),
    });
  });

function anyApplication(
  name: string,
  given: { readonly apps: readonly string[]; readonly stores: readonly string[]; readonly port: number },
) {
  return fc.record({
    ...{ name: fc.constant(name), git: fc.constant(git), port: fc.constant(given.port) },
    domains: fc.constantFrom([], [`${name}.example.com`]),
    uses: fc.subarray([...given.stores]),
    calls: fc.subarray(given.apps.filter((other) => other !== name)),
    internet: fc.boolean(),
  });
}

function aDatabase(name: string, type: (typeof types)[number]) {
  return { name, type, version: versions[type], port: 4321, size: "1Gi" };
}

/** The policies of a project, whose labels are checked. */
export function policies(project: Project, httpChallenge = false, gitHost: string = someCluster.gitHub.host) {
  const gitHub = { ...someCluster.gitHub, host: gitHost };
  const cluster = { ...someCluster, gitHub, tls: { issuer: true, httpChallenge } };
  const found = manifestsOf(planTenancy(project, cluster).resources, "NetworkPolicy");
  return policiesOf(found.map((policy) => withoutLabels(policy)));
}

function withoutLabels(policy: ReturnType<typeof manifestsOf>[number]) {
  const { labels, ...metadata } = policy.manifest.metadata;
  assert.deepEqual(labels, { "app.kubernetes.io/part-of": "shop" });
  return { ...policy, manifest: { ...policy.manifest, metadata } };
}

export function anApplication(name: string, changes: object = {}): object {
  return { name, git, port: 8080, ...changes };
}

/** A pod of an application. */
export function podOf(application: Application): Pod {
  return { namespace: "shop", labels: applicationLabels(application) };
}

/** The pod of a database, as long as its port has the right name. */
export function serverOf(database: Database): Pod {
  const ports = { database: databaseEngines[database.type].port };
  return { namespace: "shop", labels: databaseLabels(database), ports };
}
