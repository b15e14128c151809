import assert from "node:assert/strict";
import { createHash, verify } from "node:crypto";
import {
  applicationVaultPath,
  databaseSecretName,
  databaseVaultPath,
  vaultFolder,
  vaultRoleName,
} from "../../model/names";
import { isJsonObject } from "../../model/json";
import { signingKeyName, signingMount, signingRoleName } from "../../model/signing-names";
import { isSecretText } from "../../model/secret-text";
import { namespaceOf } from "../../plan/manifest";
import type { PlannedManifest } from "../../plan/planned-resource";
import { at } from "../../tests/support/at";
import { secretData } from "../support/kubectl";
import { plannedManifests } from "../support/planned";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { VaultClient, type VaultRequest } from "../support/vault-client";

/** Where the secrets are, and who may read them. */
export function secretRows(current: () => ProjectsRun): void {
  describe("role projects, secrets", () => {
    it("T04: every Secret of the cluster holds what the plan says, so GitHub and the cluster share one webhook secret", async () => {
      const values = await current().secretValues();
      const secrets = plannedManifests(current().planned(current().names.projects)).filter(isSecret);
      assert.ok(secrets.length >= 10);
      for (const { manifest } of secrets) {
        const texts = Object.entries(isJsonObject(manifest["stringData"]) ? manifest["stringData"] : {});
        const expected = texts.map(([key, text]) => [key, isSecretText(text) ? values.text(text) : text]);
        const found = secretData(manifest.metadata.name, namespaceOf(manifest) ?? "");
        assert.deepEqual(found, Object.fromEntries(expected), manifest.metadata.name);
      }
    });

    it("the login of a database is the same in Vault and in the cluster", async () => {
      const { data } = await current().vault.readSecret(vaultMount, databaseVaultPath("shop", "orders"));
      const found = secretData(databaseSecretName("orders"), "shop");
      assert.ok(Object.keys(data).length >= 8);
      for (const [key, value] of Object.entries(data)) assert.equal(found[key], value, key);
    });

    it("T18: a token of one project reads its own secrets, and nothing of a project whose name starts with the same letters", async () => {
      for (const [own, other] of [
        ["shop", "shop-eu"],
        ["shop-eu", "shop"],
      ] as const) {
        const vault = await as(current(), vaultRoleName(own));
        assert.deepEqual(await readings(own, vault), [200, 200, 200, 200], `${own} reads its own`);
        assert.deepEqual(await readings(other, vault), [403, 403, 403, 403], `${own} reads ${other}`);
        assert.deepEqual(await writings(own, vault), [403, 403, 403], `${own} writes its own`);
        assert.deepEqual(await writings(other, vault), [403, 403, 403], `${own} writes ${other}`);
        const around = await statuses(vault, [
          { method: "LIST", path: `${vaultMount}/metadata/projects` },
          { method: "LIST", path: `${vaultMount}/metadata` },
          { method: "GET", path: "sys/mounts" },
          { method: "GET", path: "sys/policies/acl/root" },
        ]);
        assert.deepEqual(around, [403, 403, 403, 403]);
      }
    });

    it("T34: who signs for a project signs with its key alone, and nobody can read or delete the key", async () => {
      const mount = signingMount(vaultMount);
      const vault = await as(current(), signingRoleName("shop"));
      const text = "what cosign signs";
      const input = createHash("sha256").update(text).digest("base64");
      const path = `${mount}/sign/${signingKeyName("shop")}/sha2-256`;
      const signed = await vault.ask({ method: "POST", path, body: { input, prehashed: true } });
      const key = await vault.ask({ path: `${mount}/keys/${signingKeyName("shop")}` });
      const signature = Buffer.from(String(signed.data["signature"]).replace("vault:v1:", ""), "base64");
      assert.ok(verify("sha256", Buffer.from(text), String(at(key.data, "keys", "1", "public_key")), signature));
      const refused = await statuses(vault, [
        { method: "POST", path: `${mount}/sign/${signingKeyName("shop-eu")}/sha2-256` },
        { method: "POST", path: `${mount}/keys/${signingKeyName("shop")}/rotate` },
        { method: "DELETE", path: `${mount}/keys/${signingKeyName("shop")}` },
        { method: "GET", path: `${mount}/export/signing-key/${signingKeyName("shop")}` },
        { method: "GET", path: `${vaultMount}/data/${applicationVaultPath("shop", "api")}` },
      ]);
      assert.deepEqual(refused, [403, 403, 403, 403, 403]);
      const root = [
        { method: "DELETE", path: `${mount}/keys/${signingKeyName("shop")}` },
        { method: "GET", path: `${mount}/export/signing-key/${signingKeyName("shop")}` },
      ] as const;
      for (const attempt of root) assert.equal((await current().vault.ask(attempt)).status, 400, attempt.path);
    });
  });
}

function isSecret({ manifest }: PlannedManifest): boolean {
  return manifest.kind === "Secret" && manifest["stringData"] !== undefined;
}

function readings(project: string, vault: VaultClient): Promise<readonly number[]> {
  const folder = vaultFolder(project);
  return statuses(vault, [
    { method: "GET", path: `${vaultMount}/data/${databaseVaultPath(project, "orders")}` },
    { method: "GET", path: `${vaultMount}/data/${applicationVaultPath(project, "api")}` },
    { method: "GET", path: `${vaultMount}/metadata/${applicationVaultPath(project, "api")}` },
    { method: "LIST", path: `${vaultMount}/metadata/${folder}` },
  ]);
}

function writings(project: string, vault: VaultClient): Promise<readonly number[]> {
  const path = applicationVaultPath(project, "api");
  return statuses(vault, [
    { method: "POST", path: `${vaultMount}/data/${path}` },
    { method: "DELETE", path: `${vaultMount}/data/${path}` },
    { method: "DELETE", path: `${vaultMount}/metadata/${path}` },
  ]);
}

/** Somebody whom one policy says what he may do. */
async function as({ vault }: ProjectsRun, policy: string): Promise<VaultClient> {
  return new VaultClient(vault.address, await vault.tokenOf(policy));
}

function statuses(vault: VaultClient, attempts: readonly VaultRequest[]): Promise<readonly number[]> {
  return Promise.all(
    attempts.map(async ({ method, path }) => {
      const body = method === "POST" ? { body: { data: { taken: "over" } } } : {};
      return (await vault.ask({ ...(method ? { method } : {}), path, ...body })).status;
    }),
  );
}
