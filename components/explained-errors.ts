import * as pulumi from "@pulumi/pulumi";
import { explainFailure } from "../model/provider-errors/provider-error";

/**
 * The option by which the resources of a component tell in one sentence what a failure means, beside what their provider
 * says. One object for a whole program: the engine knows a hook by its name.
 */
export function explainedErrors(): pulumi.ResourceHookBinding {
  const told = new Set<string>();
  return { onError: [new pulumi.ErrorHook("explained-errors", (failure) => tellOnce(failure, told))] };
}

/** Many resources of a project fail for one reason, of which a person wants to read once. None is tried again. */
function tellOnce({ name, type, errors }: pulumi.ErrorHookArgs, told: Set<string>): boolean {
  const sentence = explainFailure({ name, type, text: errors[0] ?? "" });
  if (sentence !== undefined && !told.has(sentence)) {
    told.add(sentence);
    void pulumi.log.error(sentence);
  }
  return false;
}
