import assert from "node:assert/strict";
import { differencePlans } from "../../plan/difference";
import { differenceDocument, differenceDocumentSchema } from "../../plan/difference-document";
import { toPlanDocument } from "../../plan/plan-document";
import { planDocument } from "../../plan/plan-document-schema";
import type { PlannedResource } from "../../plan/planned-resource";
import { planSchemaFile } from "../../scripts/plan-schema";
import { at } from "../support/at";
import {
  aCluster,
  aComponent,
  aNamespace,
  aProject,
  aProjectsStack,
  aRelease,
  aSecret,
  aStack,
  aStatefulSet,
  pods,
} from "../support/plans";

const everyKind: readonly PlannedResource[] = [
  { kind: "password", name: "harbor-admin-password", length: 32, protect: true },
  { kind: "private-key", name: "token-key", algorithm: "rsa" },
  { kind: "certificate", name: "token", privateKey: "token-key", commonName: "harbor-token", years: 10 },
  aNamespace("harbor", { retain: true }),
  aRelease({ dependsOn: ["b", "a"], volumes: [{ name: "images", size: "20Gi" }] }),
  aRelease({ name: "local", source: { directory: "/charts/harbor" } }),
  { kind: "vault-audit", name: "audit", filePath: "/vault/audit/audit.log" },
  { kind: "vault-mount", name: "kv", engine: "kv", path: "idp", description: "secrets" },
];

function someCluster() {
  const platform = aStack({ components: [aComponent("harbor", everyKind), pods("argo-cd", "1", "15Gi")] });
  return aCluster(platform, aProjectsStack(aProject("shop"), aProject("blog")));
}

describe("plan document", () => {
  it("fits its own schema, with every kind of resource", () => {
    const document = toPlanDocument(someCluster());
    assert.deepEqual(planDocument.parse(document), document);
    const kinds = document.stacks[0]?.components[1]?.resources.map(({ kind }) => kind);
    assert.deepEqual(kinds, [
      ...["certificate", "manifest", "password", "private-key"],
      ...["release", "release", "vault-audit", "vault-mount"],
    ]);
  });

  it("refuses what the schema does not know", () => {
    const changed = { ...toPlanDocument(someCluster()), more: 1 };
    assert.equal(planDocument.safeParse(changed).success, false);
  });

  it("sorts components, resources, projects and warnings", () => {
    const document = toPlanDocument(someCluster());
    assert.deepEqual(
      document.stacks[0]?.components.map(({ name }) => name),
      ["argo-cd", "harbor"],
    );
    assert.deepEqual(
      document.stacks[1]?.projects.map(({ name }) => name),
      ["blog", "shop"],
    );
    assert.deepEqual(at(document, "stacks", 0, "components", 1, "resources", 4, "dependsOn"), ["a", "b"]);
    assert.equal(document.warnings.length, 1);
  });

  it("is the same text whatever the order of keys and lists of the plan", () => {
    assert.equal(text(toPlanDocument(reversed(someCluster()))), text(toPlanDocument(someCluster())));
  });

  it("tells of a project its namespaces, its repositories and what it has in Vault, sorted", () => {
    const project = aProject("shop", {
      repositories: [
        { name: "myorg/web", mode: "use", webhook: null },
        { name: "myorg/api", mode: "create", webhook: "https://hooks.example.com/push/shop/myorg/api" },
      ],
      vaultSecrets: [
        { mount: "idp", path: "projects/shop/databases/mysql", keys: ["url", "host"], writer: "pulumi" },
        { mount: "idp", path: "projects/shop/applications/api/entered/KEY", keys: ["value"], writer: "person" },
      ],
    });
    const document = toPlanDocument(aCluster(aProjectsStack(project)));
    assert.deepEqual(planDocument.parse(document), document);
    const planned = document.stacks[0]?.projects[0];
    assert.deepEqual(planned?.namespaces, ["shop", "shop-build"]);
    assert.deepEqual(planned.repositories, project.repositories.toReversed());
    assert.deepEqual(planned.vaultSecrets, [
      { mount: "idp", path: "projects/shop/applications/api/entered/KEY", keys: ["value"], writer: "person" },
      { mount: "idp", path: "projects/shop/databases/mysql", keys: ["host", "url"], writer: "pulumi" },
    ]);
  });

  it("T16: names secrets and never holds one", () => {
    const plan = aCluster(aStack({ components: [aComponent("shop", [aSecret()])] }));
    const manifest = at(toPlanDocument(plan), "stacks", 0, "components", 0, "resources", 0, "manifest");
    assert.equal(at(manifest, "stringData", "password"), "<secret shop-mysql-password>");
  });
});

describe("difference document", () => {
  it("fits its own schema and says whether data is lost", () => {
    const stateful = (size: string) => aCluster(aStack({ components: [aComponent("shop", [aStatefulSet({ size })])] }));
    const shrunk = differenceDocument("main", differencePlans(stateful("5Gi"), stateful("2Gi")));
    assert.deepEqual(differenceDocumentSchema.parse(shrunk), shrunk);
    assert.equal(shrunk.dataLoss, true);
    assert.deepEqual(at(shrunk.changes, 0, "fields", 0), { path: "volumes.0.size", before: "5Gi", after: "2Gi" });
    assert.equal(differenceDocument("main", differencePlans(stateful("5Gi"), stateful("9Gi"))).dataLoss, false);
  });

  it("leaves the component out where the cluster or a stack as a whole is meant", () => {
    const { changes } = differenceDocument("main", differencePlans(aCluster(), aCluster(aStack())));
    assert.deepEqual(
      changes.map((change) => "component" in change),
      [false],
    );
  });
});

describe("schema of the documents", () => {
  it("describes both, strictly", () => {
    const schema: unknown = JSON.parse(planSchemaFile.content);
    assert.equal(planSchemaFile.path, "docs/plan.schema.json");
    assert.equal(at(schema, "anyOf", 0, "properties", "version", "const"), 1);
    assert.equal(at(schema, "anyOf", 1, "properties", "version", "const"), 1);
    assert.equal(at(schema, "anyOf", 0, "additionalProperties"), false);
  });
});

function text(document: object): string {
  return JSON.stringify(document);
}

/** The same resources, put together in another order. */
function reversed(plan: ReturnType<typeof someCluster>): ReturnType<typeof someCluster> {
  return {
    ...plan,
    stacks: plan.stacks.map((stack) => ({
      ...stack,
      projects: stack.projects.toReversed(),
      components: stack.components.toReversed().map((component) => ({
        ...component,
        resources: component.resources.toReversed().map(reversedKeys),
      })),
    })),
  };
}

function reversedKeys(resource: PlannedResource): PlannedResource {
  if (resource.kind !== "manifest") return resource;
  const { metadata, ...rest } = resource.manifest;
  const entries = Object.entries(rest).toReversed();
  const { apiVersion, kind } = rest;
  return { ...resource, manifest: { metadata, ...Object.fromEntries(entries), kind, apiVersion } };
}
