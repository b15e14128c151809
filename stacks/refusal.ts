import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../model/input-error";

/**
 * What the program throws instead of an error: a person's mistake is one report, which the engine prints without a stack
 * trace. It formats the trace all the same, for which Node 20 needs many seconds and gigabytes when it names a file at the
 * root of a package such as `node_modules/@pulumi`; so there is none.
 */
export function refusal(error: unknown): unknown {
  if (!(error instanceof InputError) && !pulumi.RunError.isInstance(error)) return error;
  const report = new pulumi.RunError(error.message);
  report.stack = error.message;
  return report;
}
