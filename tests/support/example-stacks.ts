import { join } from "node:path";
import { planCluster } from "../../cli/plan-cluster";
import { readClusterFiles } from "../../inputs/cluster-files";
import { checkSettings, type StackSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { platformOutputNames, platformSecretOutputs } from "../../model/platform-outputs";
import type { PlatformSettings } from "../../model/platform-settings";
import { planPlatformOutputs } from "../../plan/platform/platform-outputs";
import type { StackPlan } from "../../plan/stack-plan";
import { platformStack } from "../../stacks/platform";
import { projectsStack } from "../../stacks/projects";
import { vaultStack } from "../../stacks/vault";
import { someSettings } from "./cluster";
import { exampleFolder } from "./example-folder";
import { gitHubSecrets } from "./github-providers";
import { deploy, mockedPassword, type Registration } from "./mock-engine";
import { readyServices } from "./ready-services";

/** A stack of the repository's own example: what the offline plan says, and what its program registered. */
export interface ExampleStack {
  readonly plan: StackPlan;
  readonly registered: readonly Registration[];
  /** What the program returned, before the engine hid the secrets. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Every stack of the example cluster, run under mocks. */
export async function runExampleStacks(): Promise<readonly ExampleStack[]> {
  const files = readClusterFiles(exampleFolder);
  const { stacks } = planCluster(files, { stack: "homelab" });
  const settings = files.stackFiles.map((file) => checkSettings(parseStackFile(file)));
  const platform = settings.find((stack) => stack.role === "platform");
  const examples: ExampleStack[] = [];
  for (const plan of stacks) {
    const own = settings.find(({ stack }) => stack === plan.stack);
    if (!own) throw new Error(`no settings of ${plan.stack}`);
    examples.push({ plan, ...(await runStack(inExampleFolder(own), platform?.settings)) });
  }
  return examples;
}

/** The program reads project files from where it is started, which is not the folder of the example. */
function inExampleFolder(stack: StackSettings): StackSettings {
  if (stack.role !== "projects") return stack;
  return { ...stack, settings: { ...stack.settings, projects: join(exampleFolder, stack.settings.projects) } };
}

/** What the platform stack tells the vault stack alone. */
const mockedPlatformSecrets = Object.fromEntries(
  platformSecretOutputs.keyof().options.map((name) => [name, mockedPassword(name)]),
);

/** One stack under mocks; the stacks that need the platform read the outputs of the example's, and `own` is of its last run. */
export async function runStack(
  stack: StackSettings,
  platform: PlatformSettings = someSettings(),
  own: object = {},
): Promise<Omit<ExampleStack, "plan">> {
  const secrets = Object.fromEntries([...stack.secrets].map((key) => [key, mockedPassword(key)]));
  const plain = {
    [platformOutputNames.public]: planPlatformOutputs(platform),
    [platformOutputNames.secret]: mockedPlatformSecrets,
  };
  let outputs: Readonly<Record<string, unknown>> = {};
  const program = async () => {
    outputs = await programOf(stack, secrets);
  };
  const registered = await deploy(program, {
    stack: stack.stack,
    stackOutputs: (reference) =>
      reference.endsWith(`/${stack.stack}`)
        ? { plain: own, secretNames: Object.keys(own) }
        : { plain, secretNames: [platformOutputNames.secret] },
  });
  return { registered, outputs };
}

function programOf(stack: StackSettings, secrets: Readonly<Record<string, string>>) {
  switch (stack.role) {
    case "platform":
      return platformStack(stack, secrets);
    case "vault":
      return vaultStack(stack, readyServices);
    case "projects":
      return projectsStack(stack, gitHubSecrets(), readyServices);
  }
}
