import * as pulumi from "@pulumi/pulumi";
import { stackFileName } from "../inputs/stack-file";
import { InputError } from "../model/input-error";
import { keptData, type KeptData, keptDataOutput, noKeptData } from "../model/kept-data";
import type { ProjectsSettings } from "../model/projects-settings";
import { departure, heldData, nextKeptData } from "../plan/kept-data";
import { keptDataProblems } from "../plan/kept-data-report";
import type { ProjectPlan } from "../plan/projects/project-plan";
import { stackReference } from "./stack-reference";

/**
 * Compares the files with what the last run held. Throws one InputError, before any resource, when data would be lost that
 * nobody has given up; the result is the stack's output for the next run, written once all of this one is made. Without
 * waiting the engine writes it while resources are still being made; after a failure it writes no outputs at all.
 */
export async function keepData(
  stack: string,
  { projects: folder, giveUp }: Pick<ProjectsSettings, "projects" | "giveUp">,
  plans: readonly ProjectPlan[],
): Promise<(made: pulumi.Output<unknown>) => pulumi.Inputs> {
  const files = { held: heldData(plans), projects: plans, giveUp };
  const previous = await previousKeptData(stack);
  const leaving = departure(previous, files);
  const problems = keptDataProblems(leaving, files, { stack, stackFile: stackFileName(stack), folder });
  if (problems.length > 0) throw new InputError(problems);
  // Nothing in it is secret, but as a secret it is one line of what `pulumi up` prints, not one for each value.
  const next = nextKeptData(files, leaving);
  return (made) => ({ [keptDataOutput]: pulumi.secret(made.apply(() => next)) });
}

/** The stack's own outputs of its last run, which the engine has before the first one too: none. */
async function previousKeptData(stack: string): Promise<KeptData> {
  const details = await stackReference(stack).getOutputDetails(keptDataOutput);
  const written: unknown = details.secretValue ?? details.value;
  if (written === undefined) return noKeptData;
  const parsed = keptData.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new pulumi.RunError(
    `the last run of ${stack} was one of a newer version of this program, whose record of kept data this one cannot read; ` +
      "update the program",
  );
}
