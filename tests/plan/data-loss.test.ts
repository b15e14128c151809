import assert from "node:assert/strict";
import { differencePlans } from "../../plan/difference";
import type { PlannedManifest, PlannedResource, PlannedVolume } from "../../plan/planned-resource";
import { aConfigMap, aNamespace, aRelease, aStatefulSet, clusterOf } from "../support/plans";

interface Case {
  readonly title: string;
  readonly before: readonly PlannedResource[];
  readonly after: readonly PlannedResource[];
  /** One pattern for each reason, over all changes. */
  readonly dataLoss: readonly RegExp[];
  readonly warnings?: readonly RegExp[];
}

const mysql = aStatefulSet();

const cases: readonly Case[] = [
  {
    title: "an object with a volume is removed",
    before: [mysql],
    after: [],
    dataLoss: [/nothing serves the data on the volume data \(5Gi\) any more/],
  },
  {
    title: "a protected object with a volume is removed",
    before: [{ ...mysql, protect: true }],
    after: [],
    dataLoss: [/recovered by hand; it is protected, so `pulumi up` refuses/],
  },
  {
    title: "an object with a volume is removed and retained",
    before: [{ ...mysql, retain: true }],
    after: [],
    dataLoss: [],
    warnings: [/data \(5Gi\) stays in the cluster and the platform forgets it/],
  },
  { title: "an object without a volume is removed", before: [aConfigMap("a")], after: [], dataLoss: [] },
  { title: "an object with a volume is added", before: [], after: [mysql], dataLoss: [] },
  {
    title: "a volume of a release is removed",
    before: [
      aRelease({
        volumes: [
          { name: "images", size: "20Gi" },
          { name: "trivy", size: "5Gi" },
        ],
      }),
    ],
    after: [aRelease({ volumes: [{ name: "images", size: "20Gi" }] })],
    dataLoss: [/^the volume trivy \(5Gi\) is deleted$/],
  },
  {
    title: "a volume with nothing but a cache is removed",
    before: [aRelease({ volumes: [{ name: "trivy", size: "5Gi", isCache: true }] })],
    after: [aRelease({ volumes: [] })],
    dataLoss: [],
  },
  {
    title: "a newer major version writes a volume, and reads every older one by itself",
    before: [aStatefulSet({ format: "redis 7", upgradesItself: true })],
    after: [aStatefulSet({ format: "redis 8", upgradesItself: true })],
    dataLoss: [],
  },
  {
    title: "an older major version writes a volume, though newer ones read every older one",
    before: [aStatefulSet({ format: "redis 8", upgradesItself: true })],
    after: [aStatefulSet({ format: "redis 7", upgradesItself: true })],
    dataLoss: [/the older redis 7 cannot read it/],
  },
  volumeCase("a volume shrinks", { size: "2Gi" }, [/shrinks from 5Gi to 2Gi/]),
  volumeCase("a volume shrinks, written in another unit", { size: "5000Mi" }, [/shrinks from 5Gi to 5000Mi/]),
  {
    title: "a volume grows",
    before: [mysql],
    after: [aStatefulSet({ size: "10Gi" })],
    dataLoss: [],
    warnings: [/^the volume data grows from 5Gi to 10Gi, .*docs\/runbook\.md/],
  },
  volumeCase("a volume is written in another unit", { size: "5120Mi" }, []),
  volumeCase("other software writes a volume", { format: "postgres 17" }, [
    /written by mysql 8\.0, and postgres 17 cannot read it/,
  ]),
  volumeCase("an older version writes a volume", { format: "mysql 5.7" }, [/the older mysql 5\.7 cannot read it/]),
  volumeCase("a newer major version writes a volume", { format: "mysql 9.1" }, [
    /mysql 9\.1 may not read it: make a dump/,
  ]),
  volumeCase("a newer minor version writes a volume", { format: "mysql 8.4" }, []),
  volumeCase("the version is given less exactly", { format: "mysql 8" }, []),
  {
    title: "the storage class changes",
    before: [aStatefulSet({}, { storageClassName: "local-path" })],
    after: [aStatefulSet({}, { storageClassName: "longhorn" })],
    dataLoss: [/storageClassName changes/],
  },
  {
    title: "the storage class of a chart's new volume is set",
    before: [
      aRelease({ volumes: [{ name: "images", size: "20Gi" }], values: { registry: { storageClass: "local-path" } } }),
    ],
    after: [
      aRelease({
        volumes: [{ name: "images", size: "20Gi" }],
        values: { registry: { storageClass: "local-path" }, trivy: { storageClass: "local-path" } },
      }),
    ],
    dataLoss: [],
  },
  {
    title: "an object with a volume gets another name",
    before: [mysql],
    after: [renamed(mysql, { name: "mariadb", namespace: "shop" })],
    dataLoss: [/apps\/StatefulSet shop\/mysql makes way for apps\/StatefulSet shop\/mariadb/],
  },
  {
    title: "an object with a volume moves to another namespace",
    before: [mysql],
    after: [renamed(mysql, { name: "mysql", namespace: "store" })],
    dataLoss: [/shop\/mysql makes way for apps\/StatefulSet store\/mysql/],
  },
  {
    title: "an object with a volume is of another version of the API",
    before: [mysql],
    after: [{ ...mysql, manifest: { ...mysql.manifest, apiVersion: "apps/v2" } }],
    dataLoss: [],
  },
  {
    title: "a release with a volume is of another chart",
    before: [aRelease({ name: "vault", chart: "vault", volumes: [{ name: "data", size: "2Gi" }] })],
    after: [aRelease({ name: "vault", chart: "openbao", volumes: [{ name: "data", size: "2Gi" }] })],
    dataLoss: [/of the chart vault makes way for release harbor\/vault of the chart openbao/],
  },
  {
    title: "a namespace is removed that holds a volume",
    before: [aNamespace("shop"), { ...mysql, retain: true }],
    after: [{ ...mysql, retain: true }],
    dataLoss: [/deleted with everything in it: data of shop\/mysql \(5Gi\)$/],
  },
  {
    title: "a namespace gets another name and held a release with a volume",
    before: [aNamespace("harbor"), aRelease({ volumes: [{ name: "images", size: "20Gi" }] })],
    after: [aNamespace("registry"), aRelease({ volumes: [{ name: "images", size: "20Gi" }] })],
    dataLoss: [/everything in it: images of harbor \(20Gi\)/],
  },
  { title: "a namespace without volumes is removed", before: [aNamespace("shop")], after: [], dataLoss: [] },
  {
    title: "a retained namespace is removed that holds a volume",
    before: [aNamespace("shop", { retain: true }), mysql],
    after: [mysql],
    dataLoss: [],
  },
  {
    title: "secrets engines of Vault are removed",
    before: [
      { kind: "vault-mount", name: "kv", engine: "kv", path: "idp", description: "" },
      { kind: "vault-mount", name: "keys", engine: "transit", path: "idp-signing", description: "" },
    ],
    after: [],
    dataLoss: [/every secret below idp in Vault is deleted/, /every signing key below idp-signing in Vault is deleted/],
  },
  {
    title: "a secrets engine of Vault moves",
    before: [{ kind: "vault-mount", name: "kv", engine: "kv", path: "idp", description: "" }],
    after: [{ kind: "vault-mount", name: "kv", engine: "kv", path: "platform", description: "" }],
    dataLoss: [/the mount at platform starts empty/],
  },
];

describe("data loss", () => {
  for (const { title, before, after, dataLoss, warnings = [] } of cases) {
    it(`${dataLoss.length > 0 ? "is marked" : "is not marked"} when ${title}`, () => {
      const changes = differencePlans(clusterOf(...before), clusterOf(...after));
      matchAll(
        changes.flatMap((change) => change.dataLoss),
        dataLoss,
      );
      matchAll(
        changes.flatMap((change) => change.warnings),
        warnings,
      );
    });
  }
});

function volumeCase(title: string, after: Partial<PlannedVolume>, dataLoss: readonly RegExp[]): Case {
  return { title, before: [mysql], after: [aStatefulSet(after)], dataLoss };
}

function renamed(
  resource: PlannedManifest,
  metadata: { readonly name: string; readonly namespace: string },
): PlannedManifest {
  return { ...resource, manifest: { ...resource.manifest, metadata } };
}

function matchAll(texts: readonly string[], patterns: readonly RegExp[]): void {
  assert.equal(texts.length, patterns.length, texts.join("\n"));
  patterns.forEach((pattern, index) => {
    assert.match(texts[index] ?? "", pattern);
  });
}
