import { releaseModes } from "../../model/build";
import { logicalName } from "../../model/names";
import { pipelineComponentName } from "../../model/pipeline-names";
import { releaseModesOf } from "../../model/release-modes";
import { releaseNamespace } from "../../model/repository-names";
import { planGitFiles } from "./git-files";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";
import { planStatusSecrets } from "./release-status";
import { planReleaseTemplate, type ModePlans } from "./release-template";
import { releaseModePlans } from "./release-mode";
import { planWorkflowAccount } from "./workflow-account";

/** What happens once a build reports, in a namespace of its own: no build can read what releases write with. */
export function planReleases(args: PipelineArgs): PipelinePart {
  const plans = usedModes(args);
  const account = planWorkflowAccount({
    resource: logicalName(pipelineComponentName, "releases"),
    namespace: releaseNamespace,
  });
  const files = planGitFiles({
    ...{ resource: logicalName(pipelineComponentName, "release-files"), namespace: releaseNamespace },
    ...{ labels: {}, gitHub: args.cluster.gitHub },
  });
  const beside = Object.values(plans).flatMap(({ resources = [] }) => resources);
  const needed = [...account, files, ...planStatusSecrets(args), ...beside];
  const template = planReleaseTemplate(
    args,
    plans,
    needed.map(({ name }) => name),
  );
  return { resources: [...needed, template], warnings: [] };
}

/** The modes of the applications that there are, and the usual one: nobody has a right that no application needs. */
function usedModes(args: PipelineArgs): ModePlans {
  const used = releaseModesOf(args.projects);
  const modes = releaseModes.filter((mode) => mode === "commit" || used.has(mode));
  return Object.fromEntries(modes.map((mode) => [mode, releaseModePlans[mode](args)]));
}
