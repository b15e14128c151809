import { isJsonObject, type Json, type JsonObject } from "../../model/json";
import { isSecretText, type SecretText } from "../../model/secret-text";
import type { ComponentPlan, PlannedResource } from "../../plan/planned-resource";
import { mockedPassword, type Registration } from "./mock-engine";

/** What the engine must see of a planned resource; inputs that a plan does not speak of are left out. */
export type ExpectedRegistration = Pick<Registration, "type" | "name" | "inputs" | "protect" | "retainOnDelete">;

/** Every registration that the plan of a component stands for. */
export function expectedRegistrations(component: ComponentPlan): readonly ExpectedRegistration[] {
  return component.resources.map((resource) => ({
    ...expected(resource),
    name: resource.name,
    protect: resource.protect ?? false,
    retainOnDelete: resource.retain ?? false,
  }));
}

function expected(resource: PlannedResource): { readonly type: string; readonly inputs: JsonObject } {
  switch (resource.kind) {
    case "password":
      return {
        type: "random:index/randomPassword:RandomPassword",
        inputs: { length: resource.length, special: false },
      };
    case "private-key":
      return { type: "tls:index/privateKey:PrivateKey", inputs: { algorithm: "RSA", rsaBits: 4096 } };
    case "certificate":
      return {
        type: "tls:index/selfSignedCert:SelfSignedCert",
        inputs: { privateKeyPem: mockedPassword(resource.privateKey), subject: { commonName: resource.commonName } },
      };
    case "manifest": {
      const { apiVersion, kind } = resource.manifest;
      const group = apiVersion === "v1" ? "core/v1" : apiVersion;
      return { type: `kubernetes:${group}:${kind}`, inputs: withCanaries(resource.manifest) };
    }
    case "release": {
      const { namespace, source, timeout } = resource;
      const chart =
        "directory" in source
          ? source.directory
          : source.repository.startsWith("oci://")
            ? source.repository
            : source.chart;
      const values = withCanaries(resource.values);
      return {
        type: "kubernetes:helm.sh/v3:Release",
        inputs: { chart, namespace, timeout, values, createNamespace: false },
      };
    }
    case "vault-audit":
      return { type: "vault:index/audit:Audit", inputs: { type: "file", options: { file_path: resource.filePath } } };
    case "vault-mount":
      return {
        type: "vault:index/mount:Mount",
        inputs: { path: resource.path, type: "kv", options: { version: "2" } },
      };
  }
}

/** The plan's data with the values that the mock engine gives its secrets. */
function withCanaries(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canaries(item)]));
}

function canaries(value: Json): Json {
  if (isSecretText(value)) return canaryText(value);
  if (Array.isArray(value)) return value.map(canaries);
  return isJsonObject(value) ? withCanaries(value) : value;
}

function canaryText({ $secret }: SecretText): string {
  return $secret
    .map((part) => {
      if (typeof part === "string") return part;
      if (part.name.endsWith("certificate")) return `certificate-${part.name}`;
      return part.form === "bcrypt" ? `bcrypt-${mockedPassword(part.name)}` : mockedPassword(part.name);
    })
    .join("");
}
