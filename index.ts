import type * as pulumi from "@pulumi/pulumi";
import { readEngineConfig, readEngineSecrets, readGitHubSecrets } from "./inputs/engine-config";
import { checkSettings, type StackSettings } from "./inputs/settings";
import { platformStack } from "./stacks/platform";
import { projectsStack } from "./stacks/projects";
import { refusal } from "./stacks/refusal";
import { liveServices, type Services } from "./stacks/services";
import { vaultStack } from "./stacks/vault";

/** Runs the stack that its configuration names; the result is the stack's outputs. The engine gives no argument. */
export = async (services: Services = liveServices) => {
  try {
    return await run(checkSettings(readEngineConfig()), services);
  } catch (error) {
    throw refusal(error);
  }
};

async function run(stack: StackSettings, services: Services): Promise<pulumi.Inputs> {
  switch (stack.role) {
    case "platform":
      return platformStack(stack, readEngineSecrets(stack.secrets));
    case "vault":
      return vaultStack(stack, services);
    case "projects":
      return projectsStack(stack, readGitHubSecrets(), services);
  }
}
