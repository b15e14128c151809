import type { IVolume } from "kubernetes-models/v1/Volume";
import { dispatchTokenSecret, dispatchTokenSecretName } from "../../model/dispatch-names";
import { images } from "../../model/images";
import { logicalName } from "../../model/names";
import { pipelineComponentName } from "../../model/pipeline-names";
import { releaseNamespace } from "../../model/repository-names";
import { secretOf, secretText } from "../../model/secret-text";
import type { PlannedManifest } from "../planned-resource";
import { programs } from "../program-files";
import { secretManifest } from "../secret-manifest";
import { emptyVolume, folders, imageOf, mountAt, retry, stepContainer, stepVolumes } from "./build-pod";
import type { PipelineArgs } from "./pipeline";
import { releaseOutputs, releaseVariables } from "./release-parameters";
import type { ReleaseModePlan } from "./release-mode";

const token = { volume: "dispatch-token", folder: "/dispatch-token", file: "token" } as const;

/** Seconds; the program has tries of its own meanwhile. */
const deadline = 300;

/** Hands the release over to the workflow of the GitOps repository. No other pod has the token that starts it. */
export function planDispatchRelease({ cluster, presentSecrets }: PipelineArgs): ReleaseModePlan {
  return {
    resources: presentSecrets?.dispatch ? [tokenSecret] : [],
    template: {
      outputs: releaseOutputs,
      retryStrategy: retry(),
      activeDeadlineSeconds: deadline,
      volumes: [...stepVolumes, tokenVolume, emptyVolume("results")],
      container: stepContainer({
        image: imageOf(cluster, images.node),
        program: ["node", "--input-type=module", "--eval", programs.dispatch],
        env: environment({ cluster }),
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        mounts: [{ ...mountAt(token.volume, token.folder), readOnly: true }, mountAt("results", folders.results)],
      }),
    },
  };
}

function environment({ cluster }: Pick<PipelineArgs, "cluster">): Readonly<Record<string, string>> {
  return {
    GITHUB_API: cluster.gitHub.api,
    GITOPS_OWNER: cluster.gitOps.owner,
    GITOPS_REPOSITORY: cluster.gitOps.repository,
    TOKEN_FILE: `${token.folder}/${token.file}`,
    ...releaseVariables(cluster),
  };
}

const tokenSecret: PlannedManifest = {
  kind: "manifest",
  name: logicalName(pipelineComponentName, dispatchTokenSecretName),
  manifest: secretManifest({
    ...{ name: dispatchTokenSecretName, namespace: releaseNamespace },
    stringData: { [token.file]: secretText(secretOf(dispatchTokenSecret)) },
  }),
};

/** Without it the program says which key of the configuration is missing, where a pod would only wait. */
const tokenVolume: IVolume = {
  name: token.volume,
  secret: { secretName: dispatchTokenSecretName, optional: true, defaultMode: 0o440 },
};
