import type { INamedRuleWithOperations } from "kubernetes-models/admissionregistration.k8s.io/v1/NamedRuleWithOperations";
import type { IValidatingAdmissionPolicy } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy";
import type { IValidatingAdmissionPolicyBinding } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding";
import { databaseEngines } from "../../model/database-engines";
import { imageName, imageTag, movingTag } from "../../model/delivery-names";
import { logicalName } from "../../model/names";
import { namespaceUse } from "../../model/namespace-use";
import { pipelineComponentName } from "../../model/pipeline-names";
import { platformNamespaces } from "../../model/platform-names";
import type { Application } from "../../model/project";
import { imageRepository } from "../cluster-facts";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";
import type { PipelineArgs } from "./pipeline";
import type { PipelinePart } from "./pipeline-part";

const name = "project-images";
const apiVersion = "admissionregistration.k8s.io/v1";

/** Answers challenges for certificates beside an application. Source: values of cert-manager's chart, `acmesolver.image` */
const acmeSolver = "quay.io/jetstack/cert-manager-acmesolver";

/**
 * What may run where the applications of projects do: images that the project itself has built, by digest, and the
 * databases. The API server decides by itself, so this costs no pod, and no pod starts while it cannot decide.
 */
export function planAdmission(args: PipelineArgs): PipelinePart {
  const planned = (role: string, object: Parameters<typeof manifest>[0]): PlannedManifest => ({
    kind: "manifest",
    name: logicalName(pipelineComponentName, role),
    manifest: manifest(object),
  });
  const policy = planned("admission-policy", admissionPolicy(args));
  const binding = planned("admission-binding", admissionBinding);
  return { resources: [policy, { ...binding, dependsOn: [policy.name] }], warnings: [] };
}

const admissionBinding = {
  apiVersion,
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name },
  spec: { policyName: name, validationActions: ["Deny"] },
} satisfies IValidatingAdmissionPolicyBinding;

function admissionPolicy(args: PipelineArgs) {
  return {
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        namespaceSelector: { matchLabels: { ...namespaceUse("applications") } },
        resourceRules: [newImages],
      },
      matchConditions: [
        { name: "namespace-of-a-project", expression: `!(request.namespace in ${celList(otherNamespaces)})` },
        // Otherwise nobody could label a pod that is older than the policy, or take its finalizers away.
        { name: "new-image", expression: `oldObject == null || ${imagesOf("object")} != ${imagesOf("oldObject")}` },
      ],
      variables: [
        { name: "own", expression: `${celText(`${args.cluster.registryHost}/`)} + request.namespace + "/"` },
        { name: "byTag", expression: celList(imagesByTag(args)) },
        { name: "others", expression: celList(otherRepositories(args)) },
        { name: "refused", expression: `(${imagesOf("object")}).filter(image, !(${isAllowed}))` },
      ],
      validations: [{ expression: "size(variables.refused) == 0", messageExpression, message, reason: "Forbidden" }],
    },
  } satisfies IValidatingAdmissionPolicy;
}

/** The image of a pod can be changed while it runs, and a container be added for debugging. */
const newImages = {
  apiGroups: [""],
  apiVersions: ["v1"],
  operations: ["CREATE", "UPDATE"],
  resources: ["pods", "pods/ephemeralcontainers"],
} satisfies INamedRuleWithOperations;

/** An application's name below the project, perhaps a tag, and the digest that counts. */
const digestForm = "^[a-z](-?[a-z0-9])*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64}$";

const isAllowed = [
  `image.startsWith(variables.own) && image.substring(size(variables.own)).matches(${celText(digestForm)})`,
  "image in variables.byTag",
  'variables.others.exists(other, image.startsWith(other + ":") || image.startsWith(other + "@"))',
].join(" || ");

const messageExpression =
  '"the image " + variables.refused[0] + " may not run in " + request.namespace + ", where only images " + ' +
  'variables.own + "APPLICATION@sha256:... of its own builds and the images of databases do; let a build release it"';

const message = "an image may not run here; only images of the project's own builds by digest, and of databases, do";

/** Namespaces of the cluster and of the platform, should one ever get the label by mistake. */
const otherNamespaces = [
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
  ...Object.values(platformNamespaces),
];

/** The images of all containers of a pod. */
function imagesOf(pod: "object" | "oldObject"): string {
  return ["containers", "initContainers", "ephemeralContainers"]
    .map((list) => `${pod}.spec.?${list}.orValue([]).map(container, container.?image.orValue(""))`)
    .join(" + ");
}

/** What runs by a tag, as the exact images that do: an application that is held at a commit, or follows a moving tag. */
function imagesByTag({ cluster, projects }: PipelineArgs): readonly string[] {
  return projects.flatMap((project) =>
    project.applications.flatMap((application) => {
      const tag = runningTag(application);
      return tag === undefined ? [] : [`${imageName(cluster.registryHost, project.name, application.name)}:${tag}`];
    }),
  );
}

function runningTag({ git, release }: Application): string | undefined {
  if (git.hash !== null) return imageTag(git.hash);
  return release.mode === "restart" ? movingTag(git.branch) : undefined;
}

/** Of any version: a database that starts anew before its StatefulSet is updated must not be held up. */
function otherRepositories({ cluster }: PipelineArgs): readonly string[] {
  const databases = Object.values(databaseEngines).map(({ repository }) => repository);
  const solver = cluster.tls.httpChallenge ? [acmeSolver] : [];
  return [...databases, ...solver].map((repository) => imageRepository(cluster, repository));
}

/** CEL takes the escapes of JSON. Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values */
function celText(text: string): string {
  return JSON.stringify(text);
}

function celList(items: readonly string[]): string {
  return `[${[...items].sort().map(celText).join(", ")}]`;
}
