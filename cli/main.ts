import { wantsColour } from "./palette";
import { run } from "./run";

// `npm start | head` closes the pipe early, which is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// Not `process.exit`, which would cut off what is not written yet.
process.exitCode = run(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : 80,
  colour: wantsColour(process.env, process.stdout.isTTY),
  cwd: process.cwd(),
  debug: (process.env["IDP_DEBUG"] ?? "") !== "",
});
