import type { JsonObject } from "../../model/json";
import { isGitHub } from "../../plan/planned-github";
import type { ComponentPlan, PlannedResource } from "../../plan/planned-resource";
import { isVault } from "../../plan/planned-vault";
import { withCanaries } from "./canaries";
import { expectedGitHub, expectedVault } from "./expected-services";
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
  if (isGitHub(resource)) return expectedGitHub(resource);
  if (isVault(resource)) return expectedVault(resource);
  switch (resource.kind) {
    case "password":
      return {
        type: "random:index/randomPassword:RandomPassword",
        inputs: { length: resource.length, special: false },
      };
    case "private-key": {
      const inputs = resource.algorithm === "rsa" ? { algorithm: "RSA", rsaBits: 4096 } : { algorithm: "ED25519" };
      return { type: "tls:index/privateKey:PrivateKey", inputs };
    }
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
  }
}
