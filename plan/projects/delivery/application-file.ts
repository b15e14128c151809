import { applicationFilePath, releaseFileName } from "../../../model/delivery-names";
import { fileOwner } from "../../../model/environments";
import { logicalName } from "../../../model/names";
import type { PlannedGitHubFile } from "../../planned-github";
import { yamlDocuments } from "../../yaml-documents";
import { generatedSecretsResource } from "../application-secrets";
import { applicationObjects } from "./application-objects";
import type { ApplicationScope } from "./application-scope";

/** Pulumi's name of the file that describes an application. */
export function applicationFileResource({ project, application }: ApplicationScope): string {
  return logicalName(project.name, application.name, "application-file");
}

/**
 * What Argo CD deploys of an application, all but the image's digest. No file that CI writes is ever planned: Pulumi
 * would put back the digest that it saw last, and with it an old release. It comes after the generated secrets, so that
 * new pods find new values in Vault.
 */
export function planApplicationFile(scope: ApplicationScope): PlannedGitHubFile {
  const { project, application, cluster } = scope;
  const { owner, repository, branch } = cluster.gitOps;
  const secrets = generatedSecretsResource(project.name, application);
  return {
    kind: "github-file",
    name: applicationFileResource(scope),
    ...(secrets === undefined ? {} : { dependsOn: [secrets] }),
    ...{ owner, repository, branch },
    path: applicationFilePath(project.name, application.name),
    content: yamlDocuments(comment(fileOwner(project)), applicationObjects(scope)),
    message: `describe ${project.name}/${application.name}`,
  };
}

function comment(project: string): readonly string[] {
  return [
    `\`pulumi up\` writes this file from projects/${project}.yaml, and writes over changes made here: change that file.`,
    `What runs is said by ${releaseFileName} beside it, which CI writes at each release.`,
  ];
}
