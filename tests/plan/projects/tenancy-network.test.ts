import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { databaseEngines } from "../../../model/database-engines";
import { planDatabase } from "../../../plan/projects/database";
import { canReach, canReachAddress, peerNamespaces, type Pod } from "../../support/network-reach";
import { anApplication, anyProject, build, podOf, policies, serverOf, traefik } from "../../support/project-network";
import { everyDatabase, manifestsOf, someCluster, someProject } from "../../support/some-project";

describe("network of a project", () => {
  it("T13: denies everything in both directions first, in both namespaces, whatever the project", () => {
    fc.assert(
      fc.property(anyProject, (content) => {
        for (const namespace of ["shop", "shop-build"]) {
          const denials = policies(someProject(content)).filter(
            ({ metadata }) => metadata.namespace === namespace && metadata.name === "default-deny",
          );
          assert.deepEqual(
            denials.map(({ spec }) => spec),
            [{ podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] }],
          );
        }
      }),
    );
  });

  it("T13: an application reaches the databases that it uses and the applications that it calls, and no other", () => {
    fc.assert(
      fc.property(anyProject, (content) => {
        const project = someProject(content);
        const found = policies(project);
        for (const from of project.applications) {
          for (const database of project.databases)
            assert.equal(
              canReach(found, [podOf(from), serverOf(database)], databaseEngines[database.type].port),
              from.uses.includes(database.name),
              `${from.name} to ${database.name}`,
            );
          for (const to of project.applications)
            assert.equal(
              canReach(found, [podOf(from), podOf(to)], to.port),
              from.calls.includes(to.name),
              `${from.name} to ${to.name}`,
            );
        }
      }),
    );
  });

  it("T13: Traefik reaches the applications with domains on their port; a database opens no connection", () => {
    fc.assert(
      fc.property(anyProject, (content) => {
        const project = someProject(content);
        const found = policies(project);
        const pods = [...project.applications.map(podOf), ...project.databases.map(serverOf)];
        for (const application of project.applications) {
          const { domains, port } = application;
          assert.equal(canReach(found, [traefik, podOf(application)], port), domains.length > 0);
          assert.equal(canReach(found, [traefik, podOf(application)], port + 1), false);
        }
        for (const database of project.databases) {
          assert.equal(canReach(found, [traefik, serverOf(database)], databaseEngines[database.type].port), false);
          for (const pod of pods) assert.equal(canReach(found, [serverOf(database), pod], 8000), false);
          assert.equal(canReachAddress(found, serverOf(database), ["1.1.1.1", 443]), false);
        }
      }),
    );
  });

  it("T13: of the namespace of Traefik its own pods alone come in, and builds go to no others of it", () => {
    const application = { domains: ["api.example.com"], port: 8000 };
    const project = someProject({ applications: [anApplication("api", application)] });
    const found = policies(project);
    const [api] = project.applications;
    assert.ok(api);
    const neighbour = { namespace: traefik.namespace, labels: { "app.kubernetes.io/name": "metrics-server" } };
    const reached = (from: Pod, to: Pod, port: number) => canReach(found, [from, to], port);
    assert.deepEqual([reached(traefik, podOf(api), 8000), reached(neighbour, podOf(api), 8000)], [true, false]);
    assert.deepEqual([reached(build, traefik, 8443), reached(build, neighbour, 8443)], [true, false]);
  });

  it("T13: builds tell the event source how they stand, and reach no other pod of Argo Events; nothing else reaches it", () => {
    const project = someProject({ applications: [anApplication("api", { internet: true })] });
    const found = policies(project);
    const [api] = project.applications;
    assert.ok(api);
    const source: Pod = { namespace: "argo-events", labels: { "eventsource-name": "push" } };
    const sensor: Pod = { namespace: "argo-events", labels: { "sensor-name": "push" } };
    const reached = (from: Pod, to: Pod, port: number) => canReach(found, [from, to], port);
    assert.deepEqual([reached(build, source, 12_000), reached(build, source, 7777)], [true, false]);
    assert.deepEqual([reached(build, sensor, 12_000), reached(podOf(api), source, 12_000)], [false, false]);
  });

  it("T13: builds reach a git server of the house by ssh, where there is one, and nothing else of the house", () => {
    const reached = (gitHost: string, port: number) =>
      canReachAddress(policies(someProject(), false, gitHost), build, ["192.168.1.20", port]);
    assert.deepEqual([reached("github.com", 22), reached("git.lab.example", 22)], [false, true]);
    assert.deepEqual(
      [443, 80, 5432].map((port) => reached("git.lab.example", port)),
      [false, false, false],
    );
  });

  it("T13: no rule admits another project or the builds, and the only other namespaces are those of Traefik, DNS and the event source", () => {
    fc.assert(
      fc.property(anyProject, fc.boolean(), (content, httpChallenge) => {
        const project = someProject(content);
        const found = policies(project, httpChallenge);
        assert.deepEqual([...new Set(peerNamespaces(found))], ["kube-system", "argo-events"]);
        const own = [
          ...project.applications.map((application) => [podOf(application), application.port] as const),
          ...project.databases.map((database) => [serverOf(database), databaseEngines[database.type].port] as const),
        ];
        for (const [pod, port] of own) {
          const stranger = { ...pod, namespace: "blog" };
          assert.equal(canReach(found, [stranger, pod], port), false);
          assert.equal(canReach(found, [pod, stranger], port), false);
          assert.equal(canReach(found, [build, pod], port), false);
          assert.equal(canReach(found, [pod, build], port), false);
        }
        assert.equal(canReach(found, [{ namespace: "blog-build", labels: {} }, build], 8080), false);
      }),
    );
  });

  it("T13: opens every database on its engine's port, whatever the port of its Service", () => {
    const uses = everyDatabase().map(({ name }) => name);
    const project = someProject({
      applications: [anApplication("api", { uses })],
      databases: everyDatabase().map((database) => ({ ...database, port: 4321 })),
    });
    const found = policies(project);
    const [api] = project.applications;
    assert.ok(api);
    for (const database of project.databases) {
      const [set] = manifestsOf(planDatabase(project, database, someCluster).resources, "StatefulSet");
      const server = podOfSet(set?.manifest["spec"]);
      const { port } = databaseEngines[database.type];
      assert.equal(canReach(found, [podOf(api), server], port), true, database.name);
      assert.equal(canReach(found, [podOf(api), server], 4321), false, database.name);
    }
  });

  it("lets Traefik reach the pods that answer http01 challenges, only where there are any", () => {
    const project = someProject({ applications: [anApplication("api", { domains: ["api.example.com"] })] });
    const labels = { "acme.cert-manager.io/http01-solver": "true" };
    const solver: Pod = { namespace: "shop", labels };
    assert.equal(canReach(policies(project, true), [traefik, solver], 8089), true);
    assert.equal(canReach(policies(project, true), [traefik, solver], 8080), false);
    assert.equal(canReach(policies(project, false), [traefik, solver], 8089), false);
    const hidden = someProject({ applications: [anApplication("api")] });
    assert.equal(canReach(policies(hidden, true), [traefik, solver], 8089), false);
  });

  it("has one policy for each application, and one for all databases", () => {
    const names = (content: object) => policies(someProject(content)).map(({ metadata }) => Object.values(metadata));
    const always = [
      ["default-deny", "shop"],
      ["allow-dns", "shop"],
    ];
    const builds = ["default-deny", "allow-dns", "builds"].map((name) => [name, "shop-build"]);
    assert.deepEqual(names({}), [...always, ...builds]);
    assert.deepEqual(
      names({ applications: [anApplication("dns"), anApplication("web")], databases: everyDatabase() }),
      [...always, ...["databases", "application-dns", "application-web"].map((name) => [name, "shop"]), ...builds],
    );
  });
});

const podTemplate = z.object({
  template: z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()) }),
    spec: z.object({
      containers: z.tuple([z.object({ ports: z.array(z.object({ name: z.string(), containerPort: z.number() })) })]),
    }),
  }),
});

/** The pod that a StatefulSet really makes. */
function podOfSet(spec: unknown): Pod {
  const { metadata, spec: pod } = podTemplate.parse(spec).template;
  const ports = pod.containers[0].ports.map(({ name, containerPort }) => [name, containerPort] as const);
  return { namespace: "shop", labels: metadata.labels, ports: Object.fromEntries(ports) };
}
