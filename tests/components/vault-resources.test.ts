import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlannedComponent } from "../../components/planned-component";
import { componentPlan } from "../../plan/component-plan";
import { isVault } from "../../plan/planned-vault";
import { planApplicationSecrets } from "../../plan/projects/application-secrets";
import { planSigning } from "../../plan/projects/builds/signing";
import { planVaultAccess } from "../../plan/projects/vault-access";
import { vaultProvider } from "../../stacks/providers";
import { deploy, mockedPassword, type Registration } from "../support/mock-engine";
import { someCluster, someProject } from "../support/some-project";

const git = { type: "github", owner: "myorg", repo: "my-api" };
const signed = someProject({ applications: [{ name: "api", git, port: 80, build: { sign: true } }] });

class Secrets extends PlannedComponent {
  constructor() {
    const secrets = { SESSION_KEY: "generated", STRIPE_KEY: "entered" } as const;
    const resources = [
      ...planVaultAccess("shop", "idp"),
      ...planApplicationSecrets("shop", { name: "api", rotation: 0, secrets }, "idp"),
      ...planSigning(signed, someCluster).resources.filter(isVault),
    ];
    super(componentPlan({ type: "idp:projects:Secrets", name: "shop", resources }), {});
    this.registerOutputs({});
  }
}

describe("resources of Vault", () => {
  let registered: readonly Registration[] = [];

  before(async () => {
    registered = await deploy(() => new Secrets());
  });

  function named(name: string): Registration {
    const found = registered.find((registration) => registration.name === name);
    assert.ok(found, name);
    return found;
  }

  it("T22: refuse to overwrite what a person entered, and to be deleted with all versions", () => {
    const { inputs, protect, retainOnDelete } = named("shop.api.entered-STRIPE_KEY");
    const { dataJson, ...rest } = inputs;
    assert.deepEqual(rest, {
      ...{ mount: "idp", name: "projects/shop/applications/api/entered/STRIPE_KEY" },
      // Only here does Vault look for it: the provider sends its own field `cas` beside the options.
      options: { cas: "0" },
      ...{ disableRead: true, deleteAllVersions: false },
    });
    assert.equal(dataJson, '{"value":"to-be-entered"}');
    assert.deepEqual([protect, retainOnDelete], [true, true]);
  });

  it("T22: never ask for a second write of what a person entered, whatever changes in its inputs", () => {
    const { inputs, ignoreChanges } = named("shop.api.entered-STRIPE_KEY");
    // A new mount or name is another secret.
    const watched = Object.keys(inputs).filter((input) => !ignoreChanges.includes(input));
    assert.deepEqual(watched.sort(), ["mount", "name"]);
  });

  it("T22: write what Pulumi generates, deletable one version at a time", () => {
    const { inputs, ignoreChanges, protect } = named("shop.api.secrets");
    assert.equal(inputs["dataJson"], `{"SESSION_KEY":"${mockedPassword("shop.api.secret-SESSION_KEY")}"}`);
    assert.equal(inputs["deleteAllVersions"], false);
    assert.equal(inputs["options"], undefined);
    assert.deepEqual([ignoreChanges, protect], [[], true]);
  });

  it("T16: hold a generated value in secret inputs only", () => {
    const holders = registered.filter(({ inputs }) => JSON.stringify(inputs).includes("canary-"));
    assert.deepEqual(
      holders.map(({ name, secretInputs }) => [name, secretInputs]),
      [["shop.api.secrets", ["dataJson"]]],
    );
  });

  it("T19: hand the role over with its bounds", () => {
    const { inputs, dependencies } = named("shop.vault-role");
    assert.deepEqual(inputs, {
      ...{ backend: "kubernetes", roleName: "project-shop", audience: "vault", tokenPolicies: ["project-shop"] },
      ...{ boundServiceAccountNames: ["secret-reader"], boundServiceAccountNamespaces: ["shop"] },
      ...{ tokenTtl: 600, tokenMaxTtl: 600 },
    });
    assert.ok(dependencies.includes(named("shop.vault-policy").urn));
  });

  it("T34: a signing key can neither leave Vault nor be deleted, and stays when nobody signs any more", () => {
    const { type, inputs, retainOnDelete, protect } = named("shop.signing-key");
    assert.equal(type, "vault:transit/secretBackendKey:SecretBackendKey");
    assert.deepEqual(inputs, {
      ...{ backend: "idp-signing", name: "shop", type: "ecdsa-p256" },
      ...{ deletionAllowed: false, exportable: false, allowPlaintextBackup: false },
    });
    assert.deepEqual([retainOnDelete, protect], [true, false]);
  });

  it("T21: the provider gets no token of Vault, and no stack file holds one", async () => {
    const before = process.env["VAULT_TOKEN"];
    process.env["VAULT_TOKEN"] = "hvs.canary";
    try {
      const [provider] = await deploy(() => vaultProvider("http://127.0.0.1:8200"));
      assert.equal(provider?.type, "pulumi:providers:vault");
      assert.equal(provider.inputs["address"], "http://127.0.0.1:8200");
      assert.doesNotMatch(JSON.stringify(provider.inputs), /token|hvs\./i);
    } finally {
      if (before === undefined) delete process.env["VAULT_TOKEN"];
      else process.env["VAULT_TOKEN"] = before;
    }
    for (const folder of [".", "tests/example"]) {
      const files = readdirSync(folder).filter((name) => /^Pulumi(\..+)?\.yaml$/.test(name));
      assert.ok(files.length >= 3, folder);
      for (const file of files)
        assert.doesNotMatch(readFileSync(join(folder, file), "utf8"), /vault:token|\bhvs\.|\bs\.[A-Za-z0-9]{24}/, file);
    }
  });
});
