import { movingTag } from "../../../model/delivery-names";
import {
  imageUpdaterAccessName,
  imageUpdaterAccountName,
  imageUpdaterCredentialsKey,
} from "../../../model/image-updater-names";
import { argoCdApplicationName, logicalName, namespaceName } from "../../../model/names";
import { platformNamespaces } from "../../../model/platform-names";
import type { Project } from "../../../model/project";
import { registryRobotUser } from "../../../model/registry-names";
import { gitOpsUpdaterKeySecretName } from "../../../model/repository-names";
import { secretText } from "../../../model/secret-text";
import { manifest } from "../../manifest";
import type { PlannedManifest } from "../../planned-resource";
import { accessBinding, accessRole } from "../../rbac";
import { secretManifest } from "../../secret-manifest";
import type { ProjectCluster } from "../project-cluster";
import { projectLabels } from "../project-labels";
import { robotPasswordParts } from "../registry-secrets";
import { applicationImage, type ApplicationScope } from "./application-scope";

const namespace = platformNamespaces.argoCd;

/** The fields of an ImageUpdater that are used here. Source: argocd-image-updater api/v1alpha1/imageupdater_types.go */
interface ImageUpdaterSpec {
  readonly writeBackConfig: {
    readonly method: string;
    readonly gitConfig: { readonly repository: string; readonly branch: string; readonly writeBackTarget: string };
  };
  readonly applicationRefs: readonly {
    readonly namePattern: string;
    readonly images: readonly {
      readonly alias: string;
      readonly imageName: string;
      readonly commonUpdateSettings: {
        readonly updateStrategy: "digest";
        readonly pullSecret: string;
        readonly platforms?: readonly string[];
      };
    }[];
  }[];
}

/**
 * What lets Argo CD Image Updater follow the moving tags of a project's applications. One that is held at a commit is not
 * among them: nothing would come of the commits.
 */
export function planImageUpdates(project: Project, cluster: ProjectCluster): readonly PlannedManifest[] {
  const followed = project.applications
    .filter(({ git, release }) => release.mode === "image-updater" && git.hash === null)
    .map((application) => ({ project, application, cluster }));
  if (followed.length === 0) return [];
  const names = ["secret", "role", "binding"].map((role) => logicalName(project.name, `image-updates-${role}`));
  const [secret = "", role = "", binding = ""] = names;
  const access = secretAccess(project.name);
  return [
    { kind: "manifest", name: secret, manifest: registryAccount(project.name) },
    { kind: "manifest", name: role, manifest: access.role },
    { kind: "manifest", name: binding, manifest: access.binding },
    {
      kind: "manifest",
      name: logicalName(project.name, "image-updates"),
      dependsOn: names,
      manifest: manifest(imageUpdater(project.name, updates(followed, cluster))),
    },
  ];
}

/**
 * As the updater reads it: of Docker's file it knows only the form with `auth`. Source: argocd-image-updater
 * registry-scanner/pkg/image/credentials.go
 */
function registryAccount(project: string) {
  const account = secretText(`${registryRobotUser(project)}:`, ...robotPasswordParts(project));
  const name = imageUpdaterAccessName(project);
  const stringData = { [imageUpdaterCredentialsKey]: account };
  return secretManifest({ name, namespace, labels: projectLabels(project), stringData });
}

/** Of all the Secrets of Argo CD, the registry's account and the key for the GitOps repository. */
function secretAccess(project: string) {
  const name = imageUpdaterAccessName(project);
  const place = { name, namespace, labels: projectLabels(project) };
  const resourceNames = [gitOpsUpdaterKeySecretName, name];
  const account = { name: imageUpdaterAccountName, namespace };
  return {
    role: accessRole(place, [{ apiGroups: [""], resources: ["secrets"], resourceNames, verbs: ["get"] }]),
    binding: accessBinding(place, { role: name, account }),
  };
}

function imageUpdater(project: string, spec: ImageUpdaterSpec) {
  return {
    apiVersion: "argocd-image-updater.argoproj.io/v1alpha1",
    kind: "ImageUpdater",
    metadata: { name: namespaceName(project), namespace, labels: { ...projectLabels(project) } },
    spec,
  };
}

/** By git: what is written into an Application itself, its ApplicationSet puts back. */
function updates(followed: readonly ApplicationScope[], { gitOps }: ProjectCluster): ImageUpdaterSpec {
  return {
    writeBackConfig: {
      method: `git:secret:${namespace}/${gitOpsUpdaterKeySecretName}`,
      gitConfig: { repository: gitOps.address, branch: gitOps.branch, writeBackTarget: "kustomization" },
    },
    applicationRefs: followed.map((scope) => ({
      // A pattern of the shell; no name has a character that means something in it.
      namePattern: argoCdApplicationName(scope.project.name, scope.application.name),
      images: [followedImage(scope)],
    })),
  };
}

function followedImage(scope: ApplicationScope): ImageUpdaterSpec["applicationRefs"][number]["images"][number] {
  const { name, git, build } = scope.application;
  const account = imageUpdaterAccessName(scope.project.name);
  return {
    alias: name,
    imageName: `${applicationImage(scope)}:${movingTag(git.branch)}`,
    commonUpdateSettings: {
      updateStrategy: "digest",
      pullSecret: `secret:${namespace}/${account}#${imageUpdaterCredentialsKey}`,
      // Absent: that of the updater's own pod.
      ...(build.platforms.length === 0 ? {} : { platforms: build.platforms }),
    },
  };
}
