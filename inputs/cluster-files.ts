import { readdirSync, realpathSync } from "node:fs";
import type { Problem } from "../model/input-error";
import { readEntry, readProjectsDirectory, type SourceFile, type SourceFiles } from "./source-files";
import { stackOfFile } from "./stack-file";

/** The files that describe a cluster, from the working tree or from a git revision. */
export interface ClusterFiles {
  /** Every `Pulumi.<stack>.yaml`. */
  readonly stackFiles: readonly SourceFile[];
  /** Stack files that could not be read. */
  readonly problems: readonly Problem[];
  /** The project files of a folder, named from the root of the repository. */
  readonly projectFiles: (directory: string) => SourceFiles;
}

/** The files of the working tree below `root`. */
export function readClusterFiles(root: string): ClusterFiles {
  const folder = realpathSync(root);
  const remedy = "put the configuration of the stack here as a file, or remove it";
  const outcomes = readdirSync(folder)
    .filter((name) => stackOfFile(name) !== undefined)
    .sort()
    .map((name) => readEntry(folder, name, name, remedy));
  return {
    stackFiles: outcomes.flatMap((outcome) => ("bytes" in outcome ? [outcome] : [])),
    problems: outcomes.flatMap((outcome) => ("bytes" in outcome ? [] : [outcome])),
    projectFiles: (directory) => readProjectsDirectory(directory, root),
  };
}
