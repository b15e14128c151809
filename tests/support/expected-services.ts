import type { JsonObject } from "../../model/json";
import type { PlannedGitHub } from "../../plan/planned-github";
import type { PlannedVault } from "../../plan/planned-vault";
import { canaryText } from "./canaries";

interface Expected {
  readonly type: string;
  readonly inputs: JsonObject;
}

/** What the engine must see of something on GitHub. */
export function expectedGitHub(resource: PlannedGitHub): Expected {
  const { repository } = resource;
  switch (resource.kind) {
    case "github-repository":
      return { type: "github:index/repository:Repository", inputs: { name: repository, archiveOnDestroy: true } };
    case "github-webhook": {
      const { url, secret } = resource;
      const configuration = { url, contentType: "json", insecureSsl: false, secret: canaryText(secret) };
      const inputs = { repository, events: ["push"], active: true, configuration };
      return { type: "github:index/repositoryWebhook:RepositoryWebhook", inputs };
    }
    case "github-deploy-key": {
      const { title, readOnly, key } = resource;
      const inputs = { repository, title, readOnly, key: canaryText(key) };
      return { type: "github:index/repositoryDeployKey:RepositoryDeployKey", inputs };
    }
    case "github-default-branch":
      return {
        type: "github:index/branchDefault:BranchDefault",
        inputs: { repository, branch: resource.branch, rename: true, waitForRename: true },
      };
    case "github-ruleset":
      return {
        type: "github:index/repositoryRuleset:RepositoryRuleset",
        inputs: { repository, name: resource.ruleset, target: "branch", enforcement: "active" },
      };
    case "github-file": {
      const { branch, path, content } = resource;
      return {
        type: "github:index/repositoryFile:RepositoryFile",
        inputs: { repository, branch, file: path, content },
      };
    }
  }
}

/** What the engine must see of something inside Vault. */
export function expectedVault(resource: PlannedVault): Expected {
  switch (resource.kind) {
    case "vault-audit":
      return { type: "vault:index/audit:Audit", inputs: { type: "file", options: { file_path: resource.filePath } } };
    case "vault-mount":
      return {
        type: "vault:index/mount:Mount",
        inputs: {
          path: resource.path,
          type: resource.engine,
          ...(resource.engine === "kv" ? { options: { version: "2" } } : {}),
        },
      };
    case "vault-kubernetes-auth":
      return { type: "vault:index/authBackend:AuthBackend", inputs: { type: "kubernetes", path: resource.path } };
    case "vault-kubernetes-config":
      return {
        type: "vault:kubernetes/authBackendConfig:AuthBackendConfig",
        inputs: { backend: resource.auth, kubernetesHost: resource.apiServer },
      };
    case "vault-secret": {
      const data = Object.entries(resource.data).map(([key, value]) => [
        key,
        typeof value === "string" ? value : canaryText(value),
      ]);
      const dataJson = JSON.stringify(Object.fromEntries(data));
      return { type: "vault:kv/secretV2:SecretV2", inputs: { mount: resource.mount, name: resource.path, dataJson } };
    }
    case "vault-signing-key":
      return {
        type: "vault:transit/secretBackendKey:SecretBackendKey",
        inputs: { backend: resource.mount, name: resource.key, type: "ecdsa-p256", deletionAllowed: false },
      };
    case "vault-policy":
      return { type: "vault:index/policy:Policy", inputs: { name: resource.policy, policy: resource.rules } };
    case "vault-role":
      return {
        type: "vault:kubernetes/authBackendRole:AuthBackendRole",
        inputs: {
          backend: resource.auth,
          roleName: resource.role,
          boundServiceAccountNames: [resource.serviceAccount],
          boundServiceAccountNamespaces: [resource.namespace],
          audience: resource.audience,
          tokenPolicies: [...resource.policies],
          tokenTtl: resource.tokenTtl,
        },
      };
  }
}
