import assert from "node:assert/strict";
import fc from "fast-check";
import { isJsonObject, type JsonObject } from "../../../model/json";
import { pushEventName } from "../../../model/names";
import { pushAddress, repositoryEventName } from "../../../model/pipeline-names";
import { planPushEvents } from "../../../plan/pipeline/push-events";
import type { PlannedResource } from "../../../plan/planned-resource";
import { planArgoEvents } from "../../../plan/platform/argo-events";
import { platformArgs } from "../../../plan/platform/platform-args";
import { planRepositories } from "../../../plan/projects/repositories";
import { at } from "../../support/at";
import { someSettings } from "../../support/cluster";
import { only, pushResources, someProjects } from "../../support/push/push-objects";
import { manifestsOf, someCluster, someProject } from "../../support/some-project";
import { applicationOf, gitHubOf } from "../../support/some-repository";

function entriesOf(resources: readonly PlannedResource[]): readonly (readonly [string, JsonObject])[] {
  const github = at(only(resources, "EventSource"), "spec", "github");
  assert.ok(typeof github === "object" && github !== null);
  return Object.entries(github).map(([name, entry]) => {
    assert.ok(isJsonObject(entry));
    return [name, entry];
  });
}

describe("event source of a cluster", () => {
  it("T04: has an entry for each repository of each project, with its key and nothing that makes a webhook", () => {
    const entries = entriesOf(pushResources());
    assert.deepEqual(
      entries.map(([name]) => name),
      [
        repositoryEventName("shop", "myorg", "my-api"),
        repositoryEventName("shop", "myorg", "web"),
        repositoryEventName("shop-next", "myorg", "my-api"),
      ],
    );
    for (const [, entry] of entries) {
      assert.deepEqual(Object.keys(entry), ["repositories", "webhook", "events", "webhookSecret", "insecure"]);
      assert.deepEqual([entry["insecure"], entry["events"]], [false, ["push"]]);
      assert.deepEqual(at(entry, "webhook", "url"), "");
    }
  });

  it("T04: checks each repository's calls with the Secret that the project makes, where GitHub sends them", () => {
    const plans = someProjects.map((project) => planRepositories(project, someCluster));
    const hooks = plans.flatMap(({ resources }) => gitHubOf(resources, "github-webhook"));
    const secrets = plans.flatMap(({ resources }) => manifestsOf(resources, "Secret").map(({ manifest }) => manifest));
    const found = entriesOf(pushResources()).map(([, entry]) => {
      const [name, key] = [at(entry, "webhookSecret", "name"), String(at(entry, "webhookSecret", "key"))];
      const secret = secrets.find(({ metadata }) => metadata.name === name);
      assert.equal(secret?.metadata["namespace"], "argo-events");
      return [`https://hooks.example.com${String(at(entry, "webhook", "endpoint"))}`, at(secret, "stringData", key)];
    });
    assert.equal(found.length, 3);
    assert.deepEqual(
      found,
      hooks.map(({ url, secret }) => [url, secret]),
    );
  });

  it("T03: runs as an account without a token that nobody has given a right", () => {
    const resources = pushResources();
    const account = at(only(resources, "EventSource"), "spec", "template", "serviceAccountName");
    const [found] = manifestsOf(resources, "ServiceAccount").filter(
      ({ manifest }) => manifest.metadata.name === account,
    );
    assert.equal(found?.manifest["automountServiceAccountToken"], false);
    const bindings = resources.filter(
      (resource) => resource.kind === "manifest" && resource.manifest.kind.endsWith("Binding"),
    );
    const subjects = bindings.map((binding) => at(binding, "manifest", "subjects", 0, "name"));
    assert.deepEqual(subjects, ["push-sensor"]);
    assert.notEqual(account, "push-sensor");
  });

  it("answers builds and sweeps at the Service that Argo Events makes", () => {
    const { name, namespace } = { name: "push", namespace: "argo-events" };
    assert.deepEqual(at(only(pushResources(), "EventSource"), "metadata"), { name, namespace });
    assert.equal(pushAddress, `http://${name}-eventsource-svc.${namespace}.svc.cluster.local:12000`);
  });

  it("has names without the characters that Argo Events reads something into", () => {
    const slug = fc.stringMatching(/^[a-z](-?[a-z0-9]){0,29}$/).filter((name) => name.length <= 30);
    fc.assert(
      fc.property(slug, slug, fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/), (project, application, repository) => {
        assert.match(repositoryEventName(project, "myorg", repository), /^[a-z0-9_]{10,13}$/);
        assert.match(pushEventName(project, application), /^[a-z][a-z0-9_]{9,12}$/);
        assert.notEqual(
          repositoryEventName(project, "myorg", repository),
          repositoryEventName(project, "other", repository),
        );
      }),
    );
  });
});

describe("events of a cluster", () => {
  it("T40: are the same whatever the order of files and applications", () => {
    const reversed = someProjects.toReversed().map((project) => {
      return { ...project, applications: project.applications.toReversed() };
    });
    assert.deepEqual(pushResources(reversed), pushResources());
  });

  it("are none without an application", () => {
    const part = planPushEvents({ projects: [someProject()], cluster: someCluster });
    assert.deepEqual(part, { resources: [], warnings: [] });
  });

  it("take three pods with the bus, whatever the number of applications, and the same objects", () => {
    const bus = planArgoEvents(platformArgs(someSettings({}), new Set()).argoEvents);
    const replicasOf = (resources: readonly PlannedResource[]) =>
      ["EventBus", "EventSource", "Sensor"].map((kind) => {
        const spec = at(only(resources, kind), "spec");
        return Number(at(spec, "replicas") ?? at(spec, "jetstream", "replicas"));
      });
    const counts = [1, 10, 100, 300].map((count) => {
      const many = Array.from({ length: count }, (_, index) =>
        someProject({ applications: [applicationOf("api", `api-${index}`)] }, `shop-${index}`),
      );
      const { resources, workloads = [] } = planPushEvents({ projects: many, cluster: someCluster });
      assert.deepEqual(replicasOf([...bus.resources, ...resources]), [1, 1, 1], `${count}`);
      assert.equal(
        workloads.reduce((sum, { replicas }) => sum + replicas, 0),
        2,
      );
      return resources.length;
    });
    assert.deepEqual(counts, [14, 14, 14, 14]);
  });
});
