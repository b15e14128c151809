import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { isJsonObject, toJson } from "../../model/json";
import type { PlannedGitHubFile } from "../../plan/planned-github";
import type { KubernetesManifest, PlannedResource } from "../../plan/planned-resource";

/** The files of the GitOps repository in a plan. */
export function gitOpsFiles(resources: readonly PlannedResource[]): readonly PlannedGitHubFile[] {
  return resources.filter((resource) => resource.kind === "github-file");
}

/** The objects that Argo CD takes from a file, as Kubernetes reads it. */
export function objectsIn({ content }: Pick<PlannedGitHubFile, "content">): readonly KubernetesManifest[] {
  return parseAllDocuments(content, { version: "1.1" }).map((document) => {
    const object = toJson(document.toJS());
    assert.ok(isJsonObject(object));
    const { apiVersion, kind, metadata, ...rest } = object;
    assert.ok(typeof apiVersion === "string" && typeof kind === "string" && isJsonObject(metadata));
    const { name } = metadata;
    assert.ok(typeof name === "string");
    return { apiVersion, kind, metadata: { ...metadata, name }, ...rest };
  });
}

/** The objects of a kind in a file. */
export function delivered(file: Pick<PlannedGitHubFile, "content">, kind: string): readonly KubernetesManifest[] {
  return objectsIn(file).filter((object) => object.kind === kind);
}
