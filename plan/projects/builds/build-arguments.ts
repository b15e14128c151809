import type { Build } from "../../../model/build";
import { imageTag, movingTag } from "../../../model/delivery-names";
import { images } from "../../../model/images";
import { buildSecretName, cacheRepositoryPath } from "../../../model/names";
import { pushAddress, type ReportState } from "../../../model/pipeline-names";
import { followsMovingTag } from "../../../model/release-modes";
import { repositoryName, webhookPath } from "../../../model/repository-names";
import { imageOf } from "../../pipeline/build-pod";
import type { BuildArguments } from "../../pipeline/build-inputs";
import { applicationImage, type ApplicationScope } from "../delivery/application-scope";
import { argumentLines } from "./argument-lines";
import { diskRequest } from "./build-disk";

const commit = "{{workflow.parameters.commit}}";
const pushed = "{{workflow.parameters.pushed}}";

/** What `check` is told. */
export function checkArguments(scope: ApplicationScope): BuildArguments<"check"> {
  return { ...source(scope), pushed, paths: scope.application.build.paths.join("\n") };
}

/** What a test is told; undefined when nothing is tested. */
export function testArguments(scope: ApplicationScope): BuildArguments<"test"> | undefined {
  const { build } = scope.application;
  return build.test && { ...source(scope), ...amounts(build), ...build.test };
}

/** What BuildKit is told. */
export function buildKitArguments(scope: ApplicationScope): BuildArguments<"buildkit"> {
  const { name, build } = scope.application;
  const isOptional = String(build.secrets.length === 0);
  return { ...kanikoArguments(scope), secrets: buildSecretName(name), "secrets-optional": isOptional };
}

/** What kaniko is told, and BuildKit too. */
export function kanikoArguments(scope: ApplicationScope): BuildArguments<"kaniko"> {
  const { project, application, cluster } = scope;
  const { build, release, git } = application;
  return {
    ...source(scope),
    ...amounts(build),
    builder: build.image ?? imageOf(cluster, images[build.builder]),
    context: build.context,
    dockerfile: build.dockerfile,
    target: build.target ?? "",
    arguments: argumentLines(build.args),
    source: `https://${cluster.gitHub.host}/${git.owner}/${git.repo}`,
    platforms: build.platforms.join(","),
    image: applicationImage(scope),
    tag: imageTag(commit),
    "moving-tag": followsMovingTag(release.mode) ? movingTag(git.branch) : "",
    cache: `${cluster.registryHost}/${cacheRepositoryPath(project.name, application.name)}`,
  };
}

/** What a report is told, and where it goes: to the path of the webhook of the application's repository. */
export function reportArguments(
  { project, application }: ApplicationScope,
  said: { readonly state: ReportState; readonly digest: string; readonly pushed: string },
): BuildArguments<"report"> {
  const { owner, repo } = application.git;
  return {
    endpoint: `${pushAddress}${webhookPath(project.name, owner, repo)}`,
    "repository-key": repositoryName(owner, repo),
    application: application.name,
    commit,
    ...said,
  };
}

function source({ application, cluster }: ApplicationScope) {
  const { owner, repo, branch } = application.git;
  return {
    repository: `git@${cluster.gitHub.host}:${owner}/${repo}.git`,
    "repository-key": repositoryName(owner, repo),
    ...{ branch, commit },
  };
}

function amounts({ resources, minutes }: Build) {
  const { cpu, cpuLimit, memory, memoryLimit, disk } = resources;
  return {
    cpu,
    "cpu-limit": cpuLimit,
    memory,
    "memory-limit": memoryLimit,
    disk: diskRequest(disk),
    "disk-limit": disk,
    seconds: String(minutes * 60),
  };
}
