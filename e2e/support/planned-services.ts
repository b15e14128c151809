import { isDeepStrictEqual } from "node:util";
import { type PlannedGitHub, isGitHub } from "../../plan/planned-github";
import type { PlannedResource } from "../../plan/planned-resource";
import { type PlannedVault, isVault } from "../../plan/planned-vault";
import type { HostedGitHub } from "../github/hosted-github";
import type { GeneratedValues } from "./generated-values";
import type { VaultClient } from "./vault-client";

/** Names of what a plan has on GitHub and what is not there as planned. */
export function absentOnGitHub(
  resources: readonly PlannedResource[],
  hosted: HostedGitHub,
  values: GeneratedValues,
): readonly string[] {
  return resources
    .filter(isGitHub)
    .filter((resource) => !isOnGitHub(resource, hosted, values))
    .map(({ name }) => name);
}

function isOnGitHub(resource: PlannedGitHub, hosted: HostedGitHub, values: GeneratedValues): boolean {
  const repository = hosted.find(resource.owner, resource.repository);
  if (!repository) return false;
  switch (resource.kind) {
    case "github-repository":
      return resource.adopt || resource.settings.visibility === repository.visibility;
    case "github-default-branch":
      return repository.defaultBranch === resource.branch && repository.git.head(resource.branch) !== undefined;
    case "github-webhook": {
      const config = {
        url: resource.url,
        content_type: "json",
        insecure_ssl: "0",
        secret: values.text(resource.secret),
      };
      const found = [...repository.hooks.values()].find((hook) => hook.config["url"] === resource.url);
      return found?.active === true && isDeepStrictEqual([found.config, found.events], [config, ["push"]]);
    }
    case "github-deploy-key": {
      const key = values.text(resource.key).trim();
      return [...repository.keys.values()].some((found) => found.key === key && found.readOnly === resource.readOnly);
    }
    case "github-ruleset":
      return [...repository.rulesets.values()].some(({ content }) => content["name"] === resource.ruleset);
    case "github-file":
      return repository.file(resource.path) === resource.content;
  }
}

/** Names of what a plan has in Vault and what is not there as planned. */
export async function absentInVault(
  resources: readonly PlannedResource[],
  values: GeneratedValues,
  vault: VaultClient,
): Promise<readonly string[]> {
  const planned = resources.filter(isVault);
  const there = await Promise.all(planned.map((resource) => isInVault(resource, values, vault)));
  return planned.filter((_, index) => there[index] !== true).map(({ name }) => name);
}

async function isInVault(resource: PlannedVault, values: GeneratedValues, vault: VaultClient): Promise<boolean> {
  const answers = async (path: string) => (await vault.ask({ path })).data;
  switch (resource.kind) {
    case "vault-secret": {
      const expected = Object.entries(resource.data).map(([key, value]) => [key, values.text(value)]);
      const { data } = await vault.readSecret(resource.mount, resource.path);
      return isDeepStrictEqual(data, Object.fromEntries(expected));
    }
    case "vault-policy":
      return (await answers(`sys/policies/acl/${resource.policy}`))["policy"] === resource.rules;
    case "vault-signing-key": {
      const key = await answers(`${resource.mount}/keys/${resource.key}`);
      return isDeepStrictEqual(
        [key["type"], key["deletion_allowed"], key["exportable"], key["allow_plaintext_backup"]],
        ["ecdsa-p256", false, false, false],
      );
    }
    case "vault-role": {
      const role = await answers(`auth/${resource.auth}/role/${resource.role}`);
      return isDeepStrictEqual(
        [role["bound_service_account_names"], role["bound_service_account_namespaces"], role["token_policies"]],
        [[resource.serviceAccount], [resource.namespace], resource.policies],
      );
    }
    case "vault-audit":
    case "vault-mount":
    case "vault-kubernetes-auth":
    case "vault-kubernetes-config":
      throw new Error(`${resource.name} belongs to another stack`);
  }
}
