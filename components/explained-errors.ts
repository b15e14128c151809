import * as pulumi from "@pulumi/pulumi";
import { explainFailure } from "../model/provider-errors/provider-error";

/**
 * The option by which the resources of a component tell in one sentence what a failure means, beside what their provider
 * says. One object for a whole program: the engine knows a hook by its name.
 */
export function explainedErrors(): pulumi.ResourceHookBinding {
  const told = new Map<string, Promise<void>>();
  return { onError: [new pulumi.ErrorHook("explained-errors", (failure) => tellOnce(failure, told))] };
}

/**
 * Many resources of a project fail for one reason, of which a person wants to read once. None is tried again. The engine
 * ends the program as soon as it knows that, so it has to have the sentence before.
 */
async function tellOnce(
  { name, type, errors }: pulumi.ErrorHookArgs,
  told: Map<string, Promise<void>>,
): Promise<boolean> {
  const sentence = explainFailure({ name, type, text: errors[0] ?? "" });
  if (sentence === undefined) return false;
  const telling = told.get(sentence) ?? pulumi.log.error(sentence);
  told.set(sentence, telling);
  await telling;
  return false;
}
