import assert from "node:assert/strict";
import fc from "fast-check";
import { namespaceOf } from "../../plan/manifest";
import { isVault } from "../../plan/planned-vault";
import type { ProjectPlan } from "../../plan/projects/project-plan";
import { gitHubOf } from "../support/some-repository";
import { namesOf, planOf, type StagedFile, stagedFiles } from "../support/staged-files";

/** What only one project may have, each with its kind. */
function ownThings({ name, namespaces, applications, repositories, vaultSecrets, component }: ProjectPlan) {
  const { resources } = component;
  return [
    ...namespaces.map((text) => `namespace ${text}`),
    ...applications.flatMap(({ image, addresses }) => [`image ${image}`, ...addresses]),
    ...repositories.map(({ webhook }) => `webhook ${webhook ?? ""}`),
    ...vaultSecrets.map(({ path }) => `secret ${path}`),
    ...resources.map((resource) => `resource ${resource.name}`),
    ...resources
      .filter(isVault)
      .flatMap((resource) => (resource.kind === "vault-role" ? [`role ${resource.role}`] : [])),
    ...gitHubOf(resources, "github-deploy-key").map(({ repository, title }) => `key ${repository} ${title}`),
    ...gitHubOf(resources, "github-file").map(({ path }) => `file ${path}`),
    ...resources.flatMap((resource) => {
      if (resource.kind !== "manifest") return [];
      const { kind, metadata } = resource.manifest;
      return [`object ${kind} ${namespaceOf(resource.manifest) ?? ""}/${metadata.name}`];
    }),
    `project ${name}`,
  ];
}

describe("projects and environments side by side", () => {
  const files = stagedFiles(["a", "a-b", "b", "shop"], ["b", "c", "b-c", "develop"]);
  const sound = files.filter((written) => new Set(namesOf(written)).size === namesOf(written).length);

  it("T07: share no namespace, host, image, webhook, key, file, object or secret", () => {
    fc.assert(
      fc.property(sound, (written) => {
        const { projects } = planOf(written);
        assert.deepEqual(
          projects.map(({ name }) => name),
          [...namesOf(written)].sort(),
        );
        const things = projects.flatMap((project) => [...new Set(ownThings(project))]);
        assert.deepEqual(
          things.filter((thing, index) => things.indexOf(thing) < index),
          [],
        );
      }),
      { numRuns: 25 },
    );
  });

  it("T40: are the same in whatever order files, applications and environments are written", () => {
    const reversed = ({ name, content }: StagedFile): StagedFile => ({
      name,
      content: {
        databases: [...content.databases].reverse(),
        applications: [...content.applications]
          .reverse()
          .map((application) => ({ ...application, environments: [...application.environments].reverse() })),
      },
    });
    fc.assert(
      fc.property(sound, (written) => {
        const [plan, again] = [planOf(written), planOf([...written].reverse().map(reversed))];
        assert.equal(JSON.stringify(again), JSON.stringify(plan));
      }),
      { numRuns: 25 },
    );
  });

  it("change nothing of each other when an environment comes or goes", () => {
    fc.assert(
      fc.property(sound, (written) => {
        const without = written.map(({ name, content }) => ({
          name,
          content: {
            ...content,
            applications: content.applications.map((application) => ({
              ...application,
              environments: application.environments.filter((environment) => environment.name !== "develop"),
            })),
          },
        }));
        const [plan, rest] = [planOf(written), planOf(without)];
        assert.deepEqual(
          rest.projects,
          plan.projects.filter(({ environmentOf }) => environmentOf?.name !== "develop"),
        );
      }),
      { numRuns: 25 },
    );
  });
});
