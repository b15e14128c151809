import assert from "node:assert/strict";
import { ProjectComponent } from "../../components/project";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { everyDatabase, someCluster, someProject } from "../support/some-project";

const databases = [
  { name: "mysql", type: "mysql", version: "8.0", size: "5Gi" },
  { name: "main", type: "postgres", version: "17", size: "5Gi" },
];

describe("component ProjectComponent", () => {
  it("registers the namespace, its policies and the databases below itself", async () => {
    const registered = await register({ databases });
    assert.deepEqual(
      registered.map(({ type, name }) => `${type} ${name}`),
      [
        "idp:projects:Project shop",
        "kubernetes:apps/v1:StatefulSet shop.main.server",
        "kubernetes:apps/v1:StatefulSet shop.mysql.server",
        "kubernetes:core/v1:Namespace shop.namespace",
        "kubernetes:core/v1:Secret shop.main.credentials",
        "kubernetes:core/v1:Secret shop.mysql.credentials",
        "kubernetes:core/v1:Service shop.main.service",
        "kubernetes:core/v1:Service shop.mysql.service",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-allow-into-mysql",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-allow-into-postgres",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-allow-to-databases",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-default-deny",
        "random:index/randomPassword:RandomPassword shop.main.password",
        "random:index/randomPassword:RandomPassword shop.main.root-password",
        "random:index/randomPassword:RandomPassword shop.mysql.password",
        "random:index/randomPassword:RandomPassword shop.mysql.root-password",
      ],
    );
    const [component] = registered;
    assert.ok(registered.slice(1).every(({ parent }) => parent === component?.urn));
  });

  it("protects servers and passwords, and keeps the namespace and the Secrets in the cluster", async () => {
    const registered = await register({ databases });
    const kinds = (matches: (registration: Registration) => boolean) => [
      ...new Set(registered.filter(matches).map(({ type }) => type.split(":").at(-1))),
    ];
    assert.deepEqual(
      kinds(({ protect }) => protect),
      ["StatefulSet", "RandomPassword"],
    );
    assert.deepEqual(
      kinds(({ retainOnDelete }) => retainOnDelete),
      ["Namespace", "Secret"],
    );
    const unprotected = registered.filter(({ type, protect }) => /StatefulSet$|RandomPassword$/.test(type) && !protect);
    assert.deepEqual(unprotected, []);
  });

  it("T16: a password appears in secret inputs only, whatever the engine", async () => {
    const registered = await register({ databases: everyDatabase() });
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("canary-"));
    assert.equal(holders.length, everyDatabase().length);
    for (const { name, inputs, secretInputs } of holders) {
      assert.deepEqual(secretInputs, ["stringData"], name);
      const { stringData, ...open } = inputs;
      assert.doesNotMatch(JSON.stringify(open), /canary-/, name);
      const database = name.split(".").slice(0, 2).join(".");
      assert.ok(JSON.stringify(stringData).includes(mockedPassword(`${database}.password`)), name);
      assert.ok(JSON.stringify(stringData).includes(mockedPassword(`${database}.root-password`)), name);
    }
  });

  it("makes the namespace first and the Secret before the server that reads it", async () => {
    const registered = await register({ databases });
    const urnOf = (name: string) => registered.find((registration) => registration.name === name)?.urn ?? "";
    for (const { name, dependencies, custom, type } of registered) {
      if (!custom || type.startsWith("random:") || name === "shop.namespace") continue;
      const first = name.endsWith(".server") ? name.replace(/\.server$/, ".credentials") : "shop.namespace";
      assert.ok(dependencies.includes(urnOf(first)), name);
    }
  });
});

function register(content: object): Promise<readonly Registration[]> {
  const project = someProject(content);
  return deploy(() => new ProjectComponent({ project, cluster: someCluster }));
}
