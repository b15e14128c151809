import { parseArgs } from "node:util";
import Mocha from "mocha";
import CountReporter from "../tests/support/count-reporter";

const usage = "usage: npm run e2e [-- --allow-skip]";

/** Runs the rows against the servers of the environment; a row that cannot run fails the run unless `--allow-skip` is given. */
function main(): void {
  const { values } = parseArgs({ options: { "allow-skip": { type: "boolean", default: false } } });
  const mocha = new Mocha({
    timeout: 900_000,
    slow: 60_000,
    bail: true,
    forbidPending: !values["allow-skip"],
    reporter: CountReporter,
  });
  for (const rows of ["./configuration.e2e", "./platform.e2e"]) mocha.addFile(require.resolve(rows));
  mocha.run((failures) => {
    process.exitCode = failures === 0 ? 0 : 1;
  });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 2;
}
