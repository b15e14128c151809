import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { logicalName } from "../../model/names";
import { pipelineComponentName, statusContext } from "../../model/pipeline-names";
import {
  chatKey,
  chatSecretName,
  chatWebhookSecret,
  statusTokenSecret,
  statusTokensSecretName,
} from "../../model/report-names";
import { releaseNamespace } from "../../model/repository-names";
import { secretOf, secretText } from "../../model/secret-text";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { secretManifest } from "../secret-manifest";
import { input } from "./build-inputs";
import { imageOf, mountAt, stepContainer, stepOutputs, stepVolumes } from "./build-pod";
import type { PipelineArgs } from "./pipeline";
import { releaseParameter } from "./release-parameters";

const [tokens, chat] = ["/tokens", "/chat"];

/** Seconds; the program has tries of its own meanwhile, with GitHub and with the chat. */
const deadline = 300;

/** What of a state differs from one task to the next. */
export const statusInputs = ["state", "description", "target"] as const;

/** Shows on GitHub how the build of a commit stands. No other pod has the tokens for that. */
export function statusTemplate({ cluster }: PipelineArgs): Omit<ITemplate, "name"> {
  return {
    inputs: { parameters: statusInputs.map((name) => ({ name })) },
    // It never fails: why GitHub shows nothing is only in its log.
    outputs: stepOutputs(),
    activeDeadlineSeconds: deadline,
    volumes: [...stepVolumes, ...volumes],
    container: stepContainer({
      image: imageOf(cluster, images.node),
      program: ["node", "--input-type=module", "--eval", programs.status],
      env: environment({ cluster }),
      resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
      mounts: [
        { ...mountAt("status-tokens", tokens), readOnly: true },
        { ...mountAt("chat", chat), readOnly: true },
      ],
    }),
  };
}

/** The tokens and the chat's address, of those that are set and used. */
export function planStatusSecrets({ projects, presentSecrets }: PipelineArgs): readonly PlannedManifest[] {
  const used = new Set(
    projects.flatMap(({ applications }) => applications.map(({ git }) => statusTokenSecret(git.owner))),
  );
  const owners = (presentSecrets?.statusOwners ?? []).filter((owner) => used.has(statusTokenSecret(owner)));
  const values = owners.map((owner) => [owner, secretText(secretOf(statusTokenSecret(owner)))] as const);
  const webhook = { [chatKey]: secretText(secretOf(chatWebhookSecret)) };
  return [
    ...(values.length > 0 ? [plannedSecret(statusTokensSecretName, Object.fromEntries(values))] : []),
    ...(presentSecrets?.chat ? [plannedSecret(chatSecretName, webhook)] : []),
  ];
}

function plannedSecret(name: string, stringData: Parameters<typeof secretManifest>[0]["stringData"]): PlannedManifest {
  const manifest = secretManifest({ name, namespace: releaseNamespace, stringData });
  return { kind: "manifest", name: logicalName(pipelineComponentName, name), manifest };
}

function environment({ cluster }: Pick<PipelineArgs, "cluster">): Readonly<Record<string, string>> {
  return {
    API: cluster.gitHub.api,
    REPOSITORY: releaseParameter("repository"),
    COMMIT: releaseParameter("commit"),
    TOKENS: tokens,
    STATE: input("state"),
    CONTEXT: statusContext(releaseParameter("project"), releaseParameter("application")),
    DESCRIPTION: input("description"),
    TARGET_URL: input("target"),
    CHAT_FILE: `${chat}/${chatKey}`,
    CHAT_ON: "success failure",
  };
}

/** Neither has to be set. */
const volumes: readonly IVolume[] = [
  { name: "status-tokens", secret: { secretName: statusTokensSecretName, optional: true, defaultMode: 0o440 } },
  { name: "chat", secret: { secretName: chatSecretName, optional: true, defaultMode: 0o440 } },
];
