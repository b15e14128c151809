import { shortened } from "./name-limits";
import { deliveryFolder, imageRepositoryPath } from "./names";

/** File of an application's folder in the GitOps repository that this program writes: all of its objects. */
export const applicationFileName = "application.yaml";

/**
 * File of an application's folder in the GitOps repository that CI alone writes, with the digest that runs. It lists
 * `application.yaml` as its resource and names the image by `imageName`, without a tag.
 */
export const releaseFileName = "kustomization.yaml";

/**
 * Tag of an image that no registry holds. It stands in `application.yaml` where CI's file puts the digest, so nothing
 * runs that was never released.
 */
export const unreleasedTag = "unreleased";

/** An application's image without tag or digest, such as `harbor.lab.example/shop/api`. */
export function imageName(registryHost: string, project: string, application: string): string {
  return `${registryHost}/${imageRepositoryPath(project, application)}`;
}

/**
 * Tag of the image that is built from a commit: all 40 hex digits. Every build pushes it beside the digest, so that an
 * application can be held at a commit whose digest nobody wrote down.
 */
export function imageTag(commit: string): string {
  return commit;
}

/** Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const tagLength = 128;

/**
 * Tag that moves with a branch: always the image that was pushed last. Its start keeps it apart from the tags of commits,
 * and what a tag cannot hold is written by its number, so that no two branches share one.
 */
export function movingTag(branch: string): string {
  const plain = (character: string) => /^[A-Za-z0-9.-]$/.test(character);
  const coded = (character: string) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`;
  const text = Array.from(branch, (character) => (plain(character) ? character : coded(character))).join("");
  return shortened(tagLength, `branch-${text}`);
}

export function applicationFilePath(project: string, application: string): string {
  return `${deliveryFolder(project, application)}/${applicationFileName}`;
}

export function releaseFilePath(project: string, application: string): string {
  return `${deliveryFolder(project, application)}/${releaseFileName}`;
}
