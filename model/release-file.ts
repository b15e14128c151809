import { applicationFileName, imageName } from "./delivery-names";

/** What CI's file says of an application: `in-cluster/release.sh` writes it, and nothing else of this program. */
export interface Release {
  readonly registryHost: string;
  readonly project: string;
  readonly application: string;
  /** Such as `sha256:` and 64 hex digits. */
  readonly digest: string;
  /** Commit that the image was built from, 40 hex digits. */
  readonly commit: string;
  /** When GitHub got that commit, in seconds since 1970; an older push is not released after it. */
  readonly pushed: number;
}

/**
 * The file as a release writes it. Its annotations are those of the file itself: kustomize puts them on no object, so a new
 * commit with the same image rolls no pod. Frozen: a file in any other form stops releases.
 */
export function releaseFile({ registryHost, project, application, digest, commit, pushed }: Release): string {
  const lines = [
    `# A release of ${project}/${application} writes this file. Whatever else stands in it stops releases, so that no edit is lost.`,
    "apiVersion: kustomize.config.k8s.io/v1beta1",
    "kind: Kustomization",
    "metadata:",
    "  annotations:",
    `    idp/commit: "${commit}"`,
    `    idp/pushed: "${pushed}"`,
    `resources: [${applicationFileName}]`,
    "images:",
    `  - name: ${imageName(registryHost, project, application)}`,
    `    digest: ${digest}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}
