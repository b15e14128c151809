import type { ITemplate } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/Template";
import type { IUserContainer } from "@kubernetes-models/argo-workflows/argoproj.io/v1alpha1/UserContainer";
import type { IContainer } from "kubernetes-models/v1/Container";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { images } from "../../model/images";
import { vaultAudience, vaultAuthPath } from "../../model/platform-names";
import {
  signerAccountName,
  signerPodLabels,
  signingKeyName,
  signingMount,
  signingRoleName,
} from "../../model/signing-names";
import { restrictedContainer, restrictedPod } from "../container-security";
import { vaultServer } from "../platform/vault-values";
import { programs } from "../program-files";
import { applicationImage, type ApplicationScope } from "../projects/delivery/application-scope";
import type { ProjectCluster } from "../projects/project-cluster";
import { type BuildArguments, input, inputsOf } from "./build-inputs";
import { type BuildFacts, imageOf, mountAt, retry, stepVolumes, variables, withoutToken } from "./build-pod";
import { registryLogin } from "./registry-login";

/** The token of the service account, which only the login sees, and the token of Vault that it leaves for cosign. */
const account = { volume: "account", folder: "/account", file: "token" } as const;
const home = { volume: "home", folder: "/home/signer", tokenFile: ".vault-token" } as const;

/** Seconds. The login waits for a Vault that starts anew, and the step for a slow registry. */
const patience = { login: 120, step: 600 };

/**
 * Signs the pushed image with the project's key, which never leaves Vault. The pod runs as another account than every other
 * step of a build, so that nothing which a repository brings along can ask for a signature.
 */
export function signTemplate(facts: BuildFacts & Pick<ProjectCluster, "vaultMount">): ITemplate {
  return {
    name: "sign",
    inputs: inputsOf("sign"),
    metadata: { labels: { ...signerPodLabels } },
    serviceAccountName: signerAccountName,
    retryStrategy: retry(),
    activeDeadlineSeconds: patience.step,
    securityContext: restrictedPod(images.cosign.user),
    initContainers: [loginContainer(facts)],
    container: signContainer(facts),
    volumes: [...stepVolumes, accountVolume, homeVolume, ...registryLogin(facts).volumes],
  };
}

const homeVolume: IVolume = { name: home.volume, emptyDir: { medium: "Memory", sizeLimit: "1Mi" } };

/** Kubernetes makes no token for less time than ten minutes. */
const accountVolume: IVolume = {
  name: account.volume,
  projected: {
    sources: [{ serviceAccountToken: { audience: vaultAudience, expirationSeconds: 600, path: account.file } }],
  },
};

function loginContainer(facts: BuildFacts): IUserContainer {
  const environment = {
    IMAGE: input("image"),
    DIGEST: input("digest"),
    VAULT_ADDR: vaultServer,
    VAULT_AUTH: vaultAuthPath,
    VAULT_ROLE: input("role"),
    ACCOUNT_TOKEN_FILE: `${account.folder}/${account.file}`,
    VAULT_TOKEN_FILE: `${home.folder}/${home.tokenFile}`,
    WAIT_SECONDS: String(patience.login),
    MESSAGE_FILE: "/dev/termination-log",
  };
  return {
    name: "login",
    image: imageOf(facts, images.node),
    command: ["node"],
    args: ["--input-type=module", "--eval", programs.signLogin],
    env: variables(environment),
    resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { memory: "128Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    volumeMounts: [
      withoutToken,
      { ...mountAt(account.volume, account.folder), readOnly: true },
      mountAt(home.volume, home.folder),
    ],
  };
}

/**
 * Neither asks the internet which services there are, nor tells the public transparency log of a private image; each of the
 * two options alone does one of both. Source: sigstore/cosign cmd/cosign/cli/signcommon/common.go,
 * `LoadTrustedMaterialAndSigningConfig` and `NewSigningConfigFromKeyOpts`
 */
const privately = ["--use-signing-config=false", "--tlog-upload=false", "--yes"];

/** The image has no shell: Kubernetes puts the variables into the arguments, and the end of what cosign says is the message. */
function signContainer(facts: BuildFacts & Pick<ProjectCluster, "vaultMount">): IContainer {
  const registry = registryLogin(facts);
  const environment = {
    IMAGE: input("image"),
    DIGEST: input("digest"),
    KEY: input("key"),
    VAULT_ADDR: vaultServer,
    TRANSIT_SECRET_ENGINE_PATH: signingMount(facts.vaultMount),
    HOME: home.folder,
  };
  return {
    name: "main",
    image: imageOf(facts, images.cosign),
    command: ["/ko-app/cosign"],
    args: ["sign", "--key", "hashivault://$(KEY)", ...privately, "$(IMAGE)@$(DIGEST)"],
    env: [...variables(environment), ...registry.env],
    resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
    securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [withoutToken, { ...mountAt(home.volume, home.folder), readOnly: true }, ...registry.mounts],
  };
}

/** What an application's template tells the step; undefined when its images are not signed. */
export function signArguments(scope: ApplicationScope, digest: string): BuildArguments<"sign"> | undefined {
  const { project, application } = scope;
  if (!application.build.sign) return undefined;
  return {
    image: applicationImage(scope),
    digest,
    key: signingKeyName(project.name),
    role: signingRoleName(project.name),
  };
}
