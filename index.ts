import * as pulumi from "@pulumi/pulumi";
import { readEngineConfig, readEngineSecrets } from "./inputs/engine-config";
import { checkSettings, type StackSettings } from "./inputs/settings";
import { InputError } from "./model/input-error";
import { platformStack } from "./stacks/platform";
import { projectsStack } from "./stacks/projects";
import { vaultStack } from "./stacks/vault";

/** Runs the stack that its configuration names; the result is the stack's outputs. */
export = async () => {
  try {
    return await run(checkSettings(readEngineConfig()));
  } catch (error) {
    // A person's mistake is one report; the engine prints a RunError without a stack trace.
    throw error instanceof InputError ? new pulumi.RunError(error.message) : error;
  }
};

async function run(stack: StackSettings): Promise<pulumi.Inputs> {
  switch (stack.role) {
    case "platform":
      return platformStack(stack, readEngineSecrets(stack.secrets));
    case "vault":
      return vaultStack(stack);
    case "projects":
      return projectsStack(stack);
  }
}
