import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import type { Application } from "../../model/application";
import { logicalName, pushEventName } from "../../model/names";
import { pipelineComponentName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Project } from "../../model/project";
import { byName } from "../../model/sorted";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { luaText } from "./push-lua";
import { buildWorkflow, releaseWorkflow } from "./push-workflows";

/** ConfigMap with what the Sensor goes by. It is no part of the Sensor, which one variable of its pod has to hold. */
export const pushRulesName = "push-rules";

/** Folder of the Sensor's pod where it is mounted; push-rules.lua stands in it too. */
export const pushRulesFolder = "/push";

const rulesFile = "rules.lua";

/** What the Sensor runs for an application: a file of its own, so that no other application costs it time. */
export function pushRuleScript(project: string, application: string): string {
  return `return dofile'${pushRulesFolder}/${pushEventName(project, application)}'`;
}

/** The rules, and for each application a file that calls them. */
export function pushRuleFiles(projects: readonly Project[]): Readonly<Record<string, string>> {
  const files = projects.flatMap(({ name, applications }) =>
    byName(applications).map((application): [string, string] => [
      pushEventName(name, application.name),
      ruleFile(name, application),
    ]),
  );
  return { [rulesFile]: programs.pushRules, ...Object.fromEntries(files) };
}

/** A change of it reaches the Sensor's pod within a minute or so, without the restart in which calls could be lost. */
export function planPushRules(data: Readonly<Record<string, string>>): PlannedManifest {
  const metadata = { name: pushRulesName, namespace: platformNamespaces.argoEvents };
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data: { ...data } } satisfies IConfigMap;
  return { kind: "manifest", name: logicalName(pipelineComponentName, "push-rules"), manifest: manifest(object) };
}

function ruleFile(project: string, application: Application): string {
  const { name, git, build } = application;
  const known = {
    application: name,
    ref: `refs/heads/${git.branch}`,
    repository: `${git.owner}/${git.repo}`.toLowerCase(),
    paths: triggerPaths(build.paths),
    build: buildWorkflow(project, application),
    release: releaseWorkflow(project, application),
  };
  return `-- ${project}/${name}\nreturn dofile("${pushRulesFolder}/${rulesFile}")(${luaText(known)})\n`;
}

/** As GitHub writes them; the repository's root is what every push changes. */
function triggerPaths(paths: readonly string[]): readonly string[] {
  const plain = paths.map((path) => path.replaceAll(/\/{2,}/g, "/").replaceAll(/(?<=^|\/)\.(\/|$)/g, ""));
  return plain.includes("") ? [] : plain;
}
