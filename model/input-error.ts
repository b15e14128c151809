/** One thing that a person has to change in a file or a setting. */
export interface Problem {
  /** File as the person named it, such as `projects/shop.yaml`. */
  readonly file: string;
  /** 1-based. Absent when the file as a whole is meant. */
  readonly line?: number;
  /** 1-based, counted in characters. */
  readonly column?: number;
  /** Where in the document, such as `applications.0.port`. Absent when the file as a whole is meant. */
  readonly path?: string;
  /** What is wrong, both values shown, lower case, no full stop. Never a secret. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** `projects/shop.yaml:9:13: applications.0.port: is 99999; use a number from 1 to 65535` */
export function problemLine(problem: Problem): string {
  const position = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const where = problem.path ? `${position}: ${problem.path}` : position;
  return `${where}: ${problem.problem}; ${problem.remedy}`;
}

/** By file, line and column, so that a report reads like the files do. */
export function compareProblems(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (
    (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (problemLine(a) < problemLine(b) ? -1 : 1)
  );
}

/** Input that cannot be used. Its message is the whole report for the person; it needs no stack trace. */
export class InputError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort(compareProblems);
    const count = sorted.length === 1 ? "1 problem" : `${sorted.length} problems`;
    super(
      [`${count} in the input; nothing was changed:`, ...sorted.map((problem) => `  ${problemLine(problem)}`)].join(
        "\n",
      ),
    );
    this.name = "InputError";
    this.problems = sorted;
  }
}
