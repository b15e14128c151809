import { wantsColour } from "./palette";
import { runWithVault } from "./run-with-vault";

// `npm start | head` closes the pipe early, which is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const io = {
  stdout: (text: string) => process.stdout.write(text),
  stderr: (text: string) => process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : 80,
  colour: wantsColour(process.env, process.stdout.isTTY),
  cwd: process.cwd(),
  debug: (process.env["IDP_DEBUG"] ?? "") !== "",
};
const access = {
  address: process.env["VAULT_ADDR"] ?? "",
  token: process.env["VAULT_TOKEN"] ?? "",
  patience: 5000,
};

// Not `process.exit`, which would cut off what is not written yet.
void runWithVault(process.argv.slice(2), io, access).then((code) => {
  process.exitCode = code;
});
