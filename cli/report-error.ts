import { RevisionError } from "../inputs/revision-error";
import { InputError } from "../model/input-error";
import { type ExitCode, exitCodes } from "./command";
import { Obstacle } from "./obstacle";
import { palette } from "./palette";
import type { Io } from "./run";
import { printable } from "./text-layout";
import { UsageError } from "./usage-error";

/** Prints what stopped a run, for a person. */
export function reportError(error: unknown, io: Pick<Io, "stderr" | "colour" | "debug">): ExitCode {
  const { danger } = palette(io.colour);
  if (error instanceof InputError) {
    io.stderr(`${printable(error.message)}\n`);
    return exitCodes.input;
  }
  if (error instanceof UsageError || error instanceof RevisionError) {
    io.stderr(`${danger("error")}: ${printable(error.message)}\n`);
    return exitCodes.usage;
  }
  if (error instanceof Obstacle) {
    io.stderr(`${danger("error")}: ${printable(error.message)}\n`);
    return exitCodes.input;
  }
  const message = error instanceof Error ? error.message : String(error);
  const where = error instanceof Error && io.debug ? `\n${error.stack ?? ""}` : " (IDP_DEBUG=1 shows where)";
  io.stderr(`${danger("error")}: sorry, this is a mistake in the program: ${printable(message)}${where}\n`);
  return exitCodes.input;
}
