import { type ClusterObject, kubectl, kubectlFrom, listObjects } from "./kubectl";
import { nodesPretend } from "./pretended-nodes";

/** Groups of the definitions that the platform's own charts bring. */
const own = /\.(argoproj\.io|cert-manager\.io|external-secrets\.io)$/;

/**
 * Removes those definitions: a release refuses to take over what somebody else made. Only where nodes pretend: on a real
 * cluster they may hold what a person wants to keep. Returns what puts them back for the next run.
 */
export function setDefinitionsAside(): () => void {
  if (!nodesPretend()) return () => undefined;
  const found = definitions();
  remove(found);
  return () => {
    remove(definitions());
    if (found.length > 0)
      kubectlFrom({ apiVersion: "v1", kind: "List", items: found.map(asMade) }, "create", "-f", "-");
  };
}

/** Why objects of a kind cannot be made; empty when they can. */
export function definitionObstacles(): readonly string[] {
  const pipeline = ["eventsources", "sensors", "workflowtemplates", "clusterworkflowtemplates", "cronworkflows"];
  const wanted = [
    ...["appprojects", ...pipeline].map((kind) => `${kind}.argoproj.io`),
    ...["externalsecrets.external-secrets.io", "ingressroutes.traefik.io", "certificates.cert-manager.io"],
  ];
  const there = new Set(listObjects("customresourcedefinitions").map(({ metadata }) => metadata.name));
  const missing = wanted.filter((name) => !there.has(name));
  return missing.length === 0 ? [] : [`the cluster does not know ${missing.join(", ")}`];
}

function definitions(): readonly ClusterObject[] {
  return listObjects("customresourcedefinitions").filter(({ metadata }) => own.test(metadata.name));
}

function remove(found: readonly ClusterObject[]): void {
  const names = found.map(({ metadata }) => metadata.name);
  if (names.length > 0) kubectl("delete", "customresourcedefinition", "--wait=true", ...names);
}

/** Without what the API server added. */
function asMade({ metadata, spec }: ClusterObject): object {
  const { name, labels, annotations } = metadata;
  const kind = "CustomResourceDefinition";
  return { apiVersion: "apiextensions.k8s.io/v1", kind, metadata: { name, labels, annotations }, spec };
}
