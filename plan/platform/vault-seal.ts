import type { JsonObject } from "../../model/json";
import { platformNamespaces } from "../../model/platform-names";
import type { PlatformSecretKey } from "../../model/platform-settings";
import { secretOf, secretText } from "../../model/secret-text";
import { vaultObjects } from "../../model/vault-names";
import { sealOf } from "../../model/vault-server-settings";
import type { PlannedResource } from "../planned-resource";
import { secretManifest } from "../secret-manifest";
import type { VaultArgs } from "./vault";

type SealArgs = Pick<VaultArgs, "distribution" | "unseal">;

/** What keeps Vault's own key, where that is not keys which somebody enters. */
export interface SealPlan {
  /** What must be there before the server starts. */
  readonly resources: readonly PlannedResource[];
  /** Block of the server's configuration (HCL); nothing in it is secret. Empty: Vault's own, by keys that are entered. */
  readonly config: string;
  /** Chart values below `server`. */
  readonly values: JsonObject;
}

export function planSeal(args: SealArgs): SealPlan {
  switch (sealOf(args)) {
    case "shamir":
      return { resources: [], config: "", values: {} };
    case "static":
      return staticSeal;
    case "transit":
      return transitSeal(args.unseal.transit);
  }
}

const namespace = platformNamespaces.vault;

const sealKey = { resource: "vault-static-key", volume: "seal-key", folder: "/vault/seal", file: "key" };

/**
 * 32 characters are the 32 bytes that the seal takes as they are; letters and digits alone, they hold 190 random bits. A
 * key's name is for good: another key needs another name, and the old one beside it.
 * Source: openbao/go-kms-wrapping wrappers/static/static.go
 */
const staticSeal: SealPlan = {
  resources: [
    { kind: "password", name: sealKey.resource, length: 32, protect: true, retain: true },
    {
      kind: "manifest",
      name: vaultObjects.sealKey,
      // Nobody can read what Vault holds without it, so it stays as long as the volume does.
      protect: true,
      retain: true,
      manifest: secretManifest({
        name: vaultObjects.sealKey,
        namespace,
        stringData: { [sealKey.file]: secretText(secretOf(sealKey.resource)) },
      }),
    },
  ],
  config: block("static", {
    current_key_id: "idp-1",
    current_key: `file://${sealKey.folder}/${sealKey.file}`,
  }),
  values: {
    volumes: [{ name: sealKey.volume, secret: { secretName: vaultObjects.sealKey, defaultMode: 0o440 } }],
    volumeMounts: [{ name: sealKey.volume, mountPath: sealKey.folder, readOnly: true }],
  },
};

const transitToken: PlatformSecretKey = "vaultTransitToken";

/**
 * Of a variable of our own: `VAULT_TOKEN`, which the seal would read too, is what every command in the pod takes for the token of this
 * Vault. The seal renews it. Source: go-kms-wrapping wrappers/transit/options.go, of hashicorp and of openbao
 */
const tokenVariable = "IDP_TRANSIT_TOKEN";

function transitSeal({ address, mount, key }: SealArgs["unseal"]["transit"]): SealPlan {
  const { transitToken: name } = vaultObjects;
  const stringData = { token: secretText(secretOf(transitToken)) };
  return {
    resources: [{ kind: "manifest", name, manifest: secretManifest({ name, namespace, stringData }) }],
    config: block("transit", { address, mount_path: mount, key_name: key, token: `env://${tokenVariable}` }),
    values: {
      extraSecretEnvironmentVars: [{ envName: tokenVariable, secretName: name, secretKey: "token" }],
    },
  };
}

/** The settings let no character into the values that means something in HCL. */
function block(seal: string, fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = "${value}"`);
  return [`seal "${seal}" {`, ...lines, "}"].join("\n");
}
