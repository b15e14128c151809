import { databaseVersions } from "../../model/database-engines";
import { publicGitHubKeys } from "../../model/github-host-keys";
import { type Database, databaseTypes, type Project, projectFile } from "../../model/project";
import type { PlannedManifest, PlannedResource } from "../../plan/planned-resource";
import type { ProjectCluster } from "../../plan/projects/project-cluster";

export const someCluster: ProjectCluster = {
  registryHost: "harbor.lab.example",
  workflowsHost: "workflows.lab.example",
  gitHub: { host: "github.com", api: "https://api.github.com", knownHosts: publicGitHubKeys },
  storageClass: "local-path",
  imageRegistry: "",
  node: { cpu: "4", memory: "16Gi", count: 1 },
  webhookHost: "hooks.example.com",
  entryPoints: { http: "web", https: "websecure" },
  tls: { issuer: true, httpChallenge: false },
  labAuthority: false,
  buildPlaces: 2,
  vaultMount: "idp",
  gitOps: {
    owner: "myorg",
    repository: "projects-gitops",
    branch: "main",
    address: "git@github.com:myorg/projects-gitops.git",
  },
  sweepMinutes: 60,
};

/** A project as its file would be read; `content` is what a person wrote. */
export function someProject(content: object = {}, name = "shop"): Project {
  return { name, ...projectFile.parse(content) };
}

/** One database of every engine and version that there is. */
export function everyDatabase(): readonly Database[] {
  const rows = databaseTypes.flatMap((type) =>
    databaseVersions[type].map((version) => ({
      ...{ name: `${type}-${version.replace(".", "-")}`, type, version, size: "2Gi" },
    })),
  );
  return someProject({ databases: rows }).databases;
}

/** The objects of a kind in a plan. */
export function manifestsOf(resources: readonly PlannedResource[], kind: string): readonly PlannedManifest[] {
  return resources.filter((resource): resource is PlannedManifest => {
    return resource.kind === "manifest" && resource.manifest.kind === kind;
  });
}
