import { InputError, type Problem } from "../model/input-error";
import { withEnvironments } from "../model/environments";
import type { PlatformOutputs } from "../model/platform-outputs";
import { type Project, projectFile } from "../model/project";
import { projectName } from "../model/project-scalars";
import { byName } from "../model/sorted";
import { projectOf } from "./claims";
import { environmentNameProblems } from "./environment-names";
import { buildProblems } from "./project-builds";
import { crossCheck, type ReservedHosts } from "./project-checks";
import { quotaProblems } from "./project-quota";
import { type MissingReleaseModes, releaseProblems } from "./project-releases";
import { repositoryProblems, type ReservedRepositories } from "./project-repositories";
import { type MissingSecretSyncs, secretSyncProblems } from "./project-secret-sync";
import { readProjectsDirectory, type SourceFile, type SourceFiles } from "./source-files";
import { checkDocument, parseYaml, type YamlDocument } from "./yaml-document";

export interface ProjectOptions {
  /** Hosts of the platform, which no project may claim. */
  readonly reservedHosts?: ReservedHosts;
  /** Repositories of the platform, which no project may have. */
  readonly reservedRepositories?: ReservedRepositories;
  /** Release modes that the cluster does not have. */
  readonly missingReleaseModes?: MissingReleaseModes;
  /** Ways to bring secrets from Vault that the cluster does not have. */
  readonly missingSecretSyncs?: MissingSecretSyncs;
  /** The cluster's nodes, which bound every quota. */
  readonly node?: PlatformOutputs["node"];
}

/** Reads every project file of a folder. Throws one InputError with all problems of all files. */
export function readProjects(directory: string, options: ProjectOptions = {}): readonly Project[] {
  return projectsOf(readProjectsDirectory(directory), options);
}

/**
 * The projects of files and their environments, sorted by name, whatever the order of the files. Throws one InputError with
 * all problems.
 */
export function parseProjects(files: readonly SourceFile[], options: ProjectOptions = {}): readonly Project[] {
  return projectsOf({ files, problems: [] }, options);
}

/** Like `parseProjects`, for files of which some could not be read. */
export function projectsOf(source: SourceFiles, options: ProjectOptions = {}): readonly Project[] {
  const { reservedHosts, reservedRepositories, missingReleaseModes, missingSecretSyncs, node } = options;
  const parsed = source.files.map(parseFile).sort((a, b) => (a.name < b.name ? -1 : 1));
  const documents = parsed.flatMap(({ document }) => document ?? []);
  const problems = [
    ...source.problems,
    ...parsed.flatMap((file) => file.problems),
    ...environmentNameProblems(documents, new Map(parsed.map(({ name, file }) => [name, file]))),
    ...crossCheck(documents, reservedHosts ?? new Map()),
    ...repositoryProblems(documents, reservedRepositories ?? new Map()),
    ...releaseProblems(documents, missingReleaseModes),
    ...documents.flatMap((document) => secretSyncProblems(document, missingSecretSyncs)),
    ...documents.flatMap((document) => buildProblems(document, node)),
    ...parsed.flatMap(({ document, project }) => (document ? quotaProblems(document, project, node) : [])),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return byName(parsed.flatMap(({ project }) => (project ? withEnvironments(project) : [])));
}

interface ParsedFile {
  readonly name: string;
  readonly file: string;
  readonly document?: YamlDocument;
  readonly project?: Project;
  readonly problems: readonly Problem[];
}

function parseFile({ file, bytes }: SourceFile): ParsedFile {
  const { document, problems } = parseYaml(file, bytes);
  const name = projectOf({ file });
  const before = [...nameProblems(file, name), ...problems];
  if (!document) return { name, file, problems: before };
  const checked = checkDocument(document, projectFile);
  const project = checked.value && { project: { name, ...checked.value } };
  return { name, file, document, ...project, problems: [...before, ...checked.problems] };
}

function nameProblems(file: string, name: string): readonly Problem[] {
  const [issue] = projectName.safeParse(name).error?.issues ?? [];
  if (!issue) return [];
  return [{ file, problem: `"${name}" cannot be the name of a project`, remedy: issue.message }];
}
