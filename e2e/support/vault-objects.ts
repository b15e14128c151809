import { vaultObjects } from "../../model/vault-names";
import { platformNamespaces } from "../../model/platform-names";
import { platformArgs } from "../../plan/platform/platform-args";
import { planVault } from "../../plan/platform/vault";
import { vaultInitResource } from "../../plan/platform/vault-init";
import type { ComponentPlan, KubernetesManifest } from "../../plan/planned-resource";
import { NodeStack } from "../node/support/node-stack";
import { partialComponent } from "../node/support/partial-component";
import { installedSettings } from "./installed-platform";
import { kubectl } from "./kubectl";

/** What the platform plans about Vault, with its defaults. */
export function vaultComponent(): ComponentPlan {
  return planVault(platformArgs(installedSettings(), new Set()).vault);
}

/** The Job that initialises Vault, as it is planned. */
export function initJob(): KubernetesManifest {
  const found = vaultComponent().resources.find(({ name }) => name === vaultInitResource);
  if (found?.kind !== "manifest") throw new Error("no Job is planned that initialises Vault");
  return found.manifest;
}

const access = ["Namespace", "ServiceAccount", "Role", "RoleBinding"];

/**
 * The accounts and rights that the platform plans for Vault, made by the engine in their own namespace, where nothing of
 * Vault runs. Returns what takes them away, and all that programs have made there.
 */
export async function makeVaultAccess(): Promise<() => Promise<void>> {
  const plan = () =>
    partialComponent(
      vaultComponent(),
      (resource) => resource.kind === "manifest" && access.includes(resource.manifest.kind),
    );
  const work = new NodeStack("vault-access", plan);
  const stack = await work.open();
  await stack.up();
  return async () => {
    await stack.destroy();
    work.remove();
    kubectl("delete", "namespace", "--ignore-not-found", "--wait=true", platformNamespaces.vault);
  };
}

/** Takes away what the programs of Vault's life make, so that there is no trace of a Vault. */
export function forgetVault(): void {
  const namespace = ["-n", platformNamespaces.vault, "--ignore-not-found", "--wait=true"];
  const { initialisation, ...secrets } = vaultObjects;
  kubectl("delete", "configmap", initialisation, ...namespace);
  kubectl("delete", "secret", ...Object.values(secrets), ...namespace);
}
