import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readProjectsDirectory, type SourceFile, type SourceFiles } from "./source-files";
import { stackOfFile } from "./stack-file";

/** The files that describe a cluster, from the working tree or from a git revision. */
export interface ClusterFiles {
  /** Every `Pulumi.<stack>.yaml`. */
  readonly stackFiles: readonly SourceFile[];
  /** The project files of a folder, named from the root of the repository. */
  readonly projectFiles: (directory: string) => SourceFiles;
}

/** The files of the working tree below `root`. */
export function readClusterFiles(root: string): ClusterFiles {
  const names = readdirSync(root)
    .filter((name) => stackOfFile(name) !== undefined)
    .sort();
  return {
    stackFiles: names.map((name) => ({ file: name, bytes: readFileSync(join(root, name)) })),
    projectFiles: (directory) => readProjectsDirectory(directory, root),
  };
}
