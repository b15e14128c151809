import { wantsColour } from "./palette";
import type { Io } from "./run";

/** A reader that closes the pipe early (`npm start | head`) and a terminal that is gone are no errors. */
const ends = ["EPIPE", "EIO"];

/** The world outside as a command of the terminal has it. */
export function terminalIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (!ends.includes(error.code ?? "")) throw error;
    });
  }
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    columns: process.stdout.isTTY ? process.stdout.columns : 80,
    colour: wantsColour(process.env, process.stdout.isTTY),
    cwd: process.cwd(),
    debug: (process.env["IDP_DEBUG"] ?? "") !== "",
  };
}
