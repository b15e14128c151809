import { parseArgs } from "node:util";
import Mocha from "mocha";
import CountReporter from "../../tests/support/count-reporter";

export interface RowsToRun {
  /** The script of `package.json` that runs them. */
  readonly script: string;
  /** Resolved names of the files that hold them. */
  readonly files: readonly string[];
  /** Whether a row that fails ends the run, since the later ones need it. */
  readonly bail: boolean;
}

/** Runs rows against the servers of the environment; a row that cannot run fails the run unless `--allow-skip` is given. */
export function runRows(rows: RowsToRun): void {
  try {
    start(rows);
  } catch (error) {
    const usage = `usage: npm run ${rows.script} [-- --allow-skip]`;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    process.exitCode = 2;
  }
}

function start({ files, bail }: RowsToRun): void {
  const { values } = parseArgs({ options: { "allow-skip": { type: "boolean", default: false } } });
  const forbidPending = !values["allow-skip"];
  const mocha = new Mocha({ timeout: 900_000, slow: 60_000, bail, forbidPending, reporter: CountReporter });
  for (const file of files) mocha.addFile(file);
  mocha.run((failures) => {
    process.exitCode = failures === 0 ? 0 : 1;
  });
}
