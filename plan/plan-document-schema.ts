import { z } from "zod";
import { roleNames } from "../model/roles";
import { projectDocument } from "./project-document-schema";

const anyObject = z.record(z.string(), z.unknown());
const names = z.array(z.string());

const compute = z.strictObject({
  cpu: z.number().describe("cores"),
  memory: z.number().describe("bytes"),
});

const usage = compute.extend({ pods: z.int().describe("pods that run all the time") });

const volume = z.strictObject({
  name: z.string(),
  size: z.string().describe("Kubernetes quantity, such as `5Gi`"),
  format: z.string().optional().describe("what wrote the data, such as `postgres 17`"),
});

const everyResource = {
  name: z.string().describe("Pulumi's logical name"),
  part: z.string().optional().describe("the small component inside the component, such as `shop.databases`"),
  dependsOn: names.describe("resources of the same component that must exist first"),
  protect: z.boolean().describe("Pulumi refuses to delete it"),
  retain: z.boolean().describe("it stays in the cluster when it leaves the plan"),
  volumes: z.array(volume).describe("data that is lost with it"),
};

const chartSource = z.union([
  z.strictObject({ directory: z.string() }),
  z.strictObject({ repository: z.string(), chart: z.string(), version: z.string() }),
]);

const resource = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("password"),
      ...everyResource,
      length: z.int(),
      rotation: z.int().describe("another number makes another text"),
    })
    .describe("random text that is generated once; its value is only in the stack's encrypted state"),
  z
    .strictObject({ kind: z.literal("private-key"), ...everyResource, algorithm: z.enum(["rsa", "ed25519"]) })
    .describe("a key that is generated once; its value is only in the stack's encrypted state"),
  z
    .strictObject({
      kind: z.literal("certificate"),
      ...everyResource,
      privateKey: z.string().describe("Pulumi's logical name of the key that signs it"),
      commonName: z.string(),
      years: z.int(),
    })
    .describe("a self-signed certificate"),
  z
    .strictObject({
      kind: z.literal("manifest"),
      ...everyResource,
      manifest: anyObject.describe("the Kubernetes object; a secret in it is the text `<secret NAME>`"),
    })
    .describe("one object of the Kubernetes API"),
  z
    .strictObject({
      kind: z.literal("release"),
      ...everyResource,
      chart: z.string(),
      source: chartSource,
      namespace: z.string(),
      timeout: z.int().describe("seconds that Helm waits"),
      values: anyObject.describe("chart values; a secret in them is the text `<secret NAME>`"),
    })
    .describe("one Helm release"),
  z
    .strictObject({
      kind: z.enum([
        "github-repository",
        "github-default-branch",
        "github-webhook",
        "github-deploy-key",
        "github-ruleset",
        "github-file",
        "vault-audit",
        "vault-mount",
        "vault-kubernetes-auth",
        "vault-kubernetes-config",
        "vault-secret",
        "vault-signing-key",
        "vault-policy",
        "vault-role",
      ]),
      ...everyResource,
      facts: anyObject.describe("what it is, by field; a secret in it is the text `<secret NAME>`"),
    })
    .describe("something on GitHub or inside Vault"),
]);

const workload = z.strictObject({
  name: z.string(),
  replicas: z.int(),
  requests: compute.describe("of one pod"),
});

const component = z.strictObject({
  name: z.string(),
  type: z.string().describe("Pulumi's type token, such as `idp:platform:Harbor`"),
  addresses: names.describe("hosts that answer once it is installed"),
  dependsOn: names.describe("components of the same stack that must exist first"),
  workloads: z.array(workload),
  resources: z.array(resource).describe("sorted by kind and name"),
});

const stack = z.strictObject({
  stack: z.string(),
  role: z.enum(roleNames),
  components: z.array(component).describe("sorted by name; a project is one of them"),
  projects: z.array(projectDocument).describe("sorted by name"),
});

const footprintRow = usage.extend({
  stack: z.string(),
  kind: z.enum(["component", "project"]),
  name: z.string(),
});

/**
 * What `--json` prints. Fields are only added within a version; a field that is removed or changes its meaning raises it.
 */
export const planDocument = z
  .strictObject({
    version: z.literal(1),
    cluster: z.string().describe("name of the platform stack"),
    context: z.string().describe("context of the kubeconfig that the stacks use"),
    node: z.strictObject({ cpu: z.string(), memory: z.string(), count: z.int() }),
    stacks: z.array(stack).describe("the platform first, then the stacks that need it"),
    footprint: z.strictObject({
      rows: z.array(footprintRow),
      sum: usage,
      capacity: compute.describe("all nodes together"),
      left: compute.describe("capacity without the sum, never below zero"),
    }),
    warnings: names.describe("one sentence each: what it is, and what to do about it"),
  })
  .meta({ title: "Offline plan of a cluster" });

export type PlanDocument = z.infer<typeof planDocument>;
export type ResourceDocument = z.infer<typeof resource>;
export type StackDocument = z.infer<typeof stack>;
export type ComponentDocument = z.infer<typeof component>;
