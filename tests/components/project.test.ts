import assert from "node:assert/strict";
import { ProjectComponent } from "../../components/project";
import { planProject } from "../../plan/projects/project";
import { expectedRegistrations } from "../support/expected-registration";
import { gitHubProviders } from "../support/github-providers";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { anApplication } from "../support/project-network";
import { everyDatabase, someCluster, someProject } from "../support/some-project";

const content = {
  databases: [
    { name: "mysql", type: "mysql", version: "8.0", size: "5Gi" },
    { name: "main", type: "postgres", version: "17", size: "5Gi" },
  ],
  applications: [
    anApplication("api", { uses: ["mysql"], domains: ["api.example.com"], secrets: { KEY: "generated" } }),
  ],
};

describe("component ProjectComponent", () => {
  it("registers its parts below itself, and below them what the plan says", async () => {
    const registered = await register(content);
    const { component } = planProject(someProject(content), someCluster);
    const urns = new Map(registered.map(({ type, name, urn }) => [urn, `${type} ${name}`]));
    const tree = registered.map(({ type, name, parent }) => [`${type} ${name}`, urns.get(parent)]);
    const expected = [
      ["idp:projects:Project shop", undefined],
      ...["Builds", "Databases", "Delivery", "Registry", "Repositories", "Secrets", "Tenancy"].map((part) => [
        `idp:projects:${part} shop.${part.toLowerCase()}`,
        "idp:projects:Project shop",
      ]),
      ...expectedRegistrations(component).map(({ type, name }, index) => {
        const part = component.resources[index]?.part;
        return [`${type} ${name}`, `${part?.type ?? ""} ${part?.name ?? ""}`];
      }),
    ];
    assert.deepEqual(
      tree,
      expected.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    );
  });

  it("makes the tenancy of one application and two databases", async () => {
    const registered = await register(content);
    const tenancy = registered.find(({ type }) => type === "idp:projects:Tenancy");
    assert.deepEqual(
      registered.filter(({ parent }) => parent === tenancy?.urn).map(({ type, name }) => `${type} ${name}`),
      [
        "kubernetes:argoproj.io/v1alpha1:AppProject shop.app-project",
        "kubernetes:core/v1:LimitRange shop.build-limits-defaults",
        "kubernetes:core/v1:LimitRange shop.limits-defaults",
        "kubernetes:core/v1:Namespace shop.build-namespace",
        "kubernetes:core/v1:Namespace shop.namespace",
        "kubernetes:core/v1:ResourceQuota shop.build-limits-quota",
        "kubernetes:core/v1:ResourceQuota shop.limits-quota",
        "kubernetes:core/v1:ServiceAccount shop.workloads",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.build-network-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.build-network-builds",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.build-network-default-deny",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-allow-dns",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-application-api",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-databases",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy shop.network-default-deny",
      ],
    );
  });

  it("protects servers and their passwords, and keeps the namespace of the volumes and the databases' Secrets", async () => {
    const registered = await register(content);
    const names = (matches: (registration: Registration) => boolean) =>
      registered.filter(matches).map(({ name }) => name);
    for (const database of ["main", "mysql"]) {
      for (const role of ["server", "password", "root-password"])
        assert.ok(names(({ protect }) => protect).includes(`shop.${database}.${role}`), `${database} ${role}`);
      assert.ok(names(({ retainOnDelete }) => retainOnDelete).includes(`shop.${database}.credentials`));
    }
    const kept = registered.filter(({ type, retainOnDelete }) => type.endsWith(":Namespace") && retainOnDelete);
    assert.deepEqual(
      kept.map(({ name }) => name),
      ["shop.namespace"],
    );
  });

  it("T16: a generated value appears in secret inputs only, whatever the engine", async () => {
    const registered = await register({ ...content, databases: [...content.databases, ...everyDatabase()] });
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("canary-"));
    assert.ok(holders.length > everyDatabase().length);
    for (const { name, inputs, secretInputs } of holders) {
      const open = Object.entries(inputs).filter(([key]) => !secretInputs.includes(key));
      assert.doesNotMatch(JSON.stringify(open), /canary-/, name);
    }
  });

  it("T38: gives each database's Secret its own two passwords", async () => {
    const registered = await register({ databases: everyDatabase() });
    const secrets = registered.filter(({ name }) => name.endsWith(".credentials"));
    assert.equal(secrets.length, everyDatabase().length);
    for (const { name, inputs } of secrets) {
      const database = name.replace(/\.credentials$/, "");
      const stringData = JSON.stringify(inputs["stringData"]);
      assert.ok(stringData.includes(mockedPassword(`${database}.password`)), name);
      assert.ok(stringData.includes(mockedPassword(`${database}.root-password`)), name);
    }
  });

  it("makes a namespace before what is in it, and account and Secret before the server that needs them", async () => {
    const registered = await register(content);
    const urnOf = (name: string) => registered.find((registration) => registration.name === name)?.urn ?? "";
    const homes: Readonly<Record<string, string>> = { shop: "shop.namespace", "shop-build": "shop.build-namespace" };
    for (const { name, dependencies, inputs } of registered) {
      const home = homes[namespaceOfInputs(inputs)];
      if (home !== undefined) assert.ok(dependencies.includes(urnOf(home)), name);
      if (!name.endsWith(".server")) continue;
      assert.ok(dependencies.includes(urnOf(name.replace(/\.server$/, ".credentials"))), name);
      assert.ok(dependencies.includes(urnOf("shop.workloads")), name);
    }
  });
});

function namespaceOfInputs({ metadata }: Registration["inputs"]): string {
  return typeof metadata === "object" && metadata !== null && "namespace" in metadata ? String(metadata.namespace) : "";
}

async function register(written: object): Promise<readonly Registration[]> {
  const project = someProject(written);
  const registered = await deploy(
    () => new ProjectComponent({ plan: planProject(project, someCluster), gitHub: gitHubProviders() }),
  );
  return registered.filter(({ type }) => !type.startsWith("pulumi:providers:"));
}
