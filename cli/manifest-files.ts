import { stringify } from "yaml";
import { InputError, type Problem } from "../model/input-error";
import type { Json } from "../model/json";
import { withSecretMarks } from "../model/secret-text";
import { namespaceOf } from "../plan/manifest";
import type { PlannedGitHubFile } from "../plan/planned-github";
import type { PlannedManifest, PlannedRelease, PlannedResource } from "../plan/planned-resource";
import { resourceName, resourceType } from "../plan/resource-label";
import type { ClusterPlan, StackPlan } from "../plan/stack-plan";

/** One file of `--out`. */
export interface OutputFile {
  /** Below the folder, with `/` between segments. */
  readonly path: string;
  readonly content: string;
}

/** Folder of what belongs to no namespace. No namespace can have that name: `_` is not allowed in one. */
const clusterFolder = "_cluster";

/** Every Kubernetes object, the values of every chart, and every file of the GitOps repository. Secrets are marks: no file holds the value of one. */
export function manifestFiles(plan: ClusterPlan): readonly OutputFile[] {
  const claimed = plan.stacks.flatMap((stack) => stackFiles(stack, plan.stacks.length > 1 ? [stack.stack] : []));
  const problems = collisions(claimed);
  if (problems.length > 0) throw new InputError(problems);
  return claimed.map(({ path, content }) => ({ path, content }));
}

interface ClaimedFile extends OutputFile {
  /** What is written to it. */
  readonly owner: string;
}

function stackFiles(stack: StackPlan, folder: readonly string[]): readonly ClaimedFile[] {
  return stack.components
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      if (resource.kind === "manifest") return [manifestFile(resource, folder)];
      if (resource.kind === "github-file") return [gitOpsFile(resource, folder)];
      return resource.kind === "release" ? releaseFiles(resource, folder) : [];
    });
}

function manifestFile(resource: PlannedManifest, folder: readonly string[]): ClaimedFile {
  const { manifest } = resource;
  const name = `${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`;
  return file(resource, [...folder, "manifests", namespaceOf(manifest) ?? clusterFolder, name], yamlText(manifest));
}

/** At the place that it has in the repository. */
function gitOpsFile(resource: PlannedGitHubFile, folder: readonly string[]): ClaimedFile {
  return file(resource, [...folder, "gitops", ...resource.path.split("/")], resource.content);
}

function releaseFiles(resource: PlannedRelease, folder: readonly string[]): readonly ClaimedFile[] {
  const { name, namespace, source, values, chart } = resource;
  const release = "directory" in source ? { name, namespace, chart, ...source } : { name, namespace, ...source };
  const place = [...folder, "charts", name];
  return [
    file(resource, [...place, "release.yaml"], yamlText(release)),
    file(resource, [...place, "values.yaml"], yamlText(values)),
  ];
}

function file(resource: PlannedResource, segments: readonly string[], content: string): ClaimedFile {
  return {
    owner: `${resourceType(resource)} ${resourceName(resource)}`,
    path: segments.map(safeSegment).join("/"),
    content,
  };
}

/** YAML 1.1, which `kubectl` and Helm read: there `on` and `12:30` are strings only in quotes. */
function yamlText(content: Json): string {
  return stringify(withSecretMarks(content), { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

/** Names of some objects, such as roles, may hold `:`, which not every file system allows. */
function safeSegment(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9._-]/g, "_");
  return /^\.*$/.test(safe) ? `_${safe}` : safe;
}

function collisions(files: readonly ClaimedFile[]): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { path, owner } of files) {
    const first = owners.get(path);
    if (first === undefined) owners.set(path, owner);
    else problems.push({ file: path, problem: `is claimed by ${first} and ${owner}`, remedy: "rename one of them" });
  }
  return problems;
}
