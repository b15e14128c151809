import assert from "node:assert/strict";
import { planVault, type VaultArgs } from "../../../plan/platform/vault";
import { planSeal } from "../../../plan/platform/vault-seal";
import { vaultValues } from "../../../plan/platform/vault-values";
import { volumeChangeReasons } from "../../../plan/volume-change";
import { at } from "../../support/at";
import { plannedManifest, releaseOf } from "../../support/planned";
import { otherVault, someVault, unsealRows, unsealSettings } from "../../support/some-vault";

const configOf = (args: VaultArgs) => String(at(vaultValues(args), "server", "ha", "raft", "config"));

describe("the seal of Vault", () => {
  for (const title of ["Vault, by itself", "Vault, by a person", "OpenBao, by a person"] as const) {
    it(`is Vault's own, and nothing is added to the server: ${title}`, () => {
      const args = someVault(unsealSettings[title]);
      assert.deepEqual(planSeal(args), { resources: [], config: "", values: {} });
      assert.doesNotMatch(configOf(args), /seal/);
    });
  }

  describe("with a static key", () => {
    const args = someVault(unsealSettings["OpenBao, by itself"]);
    const plan = planVault(args);

    it("reads the key from a file, under a name that is for good", () => {
      assert.match(
        configOf(args),
        /^seal "static" \{\n {2}current_key_id = "idp-1"\n {2}current_key = "file:\/\/\/vault\/seal\/key"\n\}$/m,
      );
      assert.deepEqual(at(vaultValues(args), "server", "volumeMounts"), [
        { name: "seal-key", mountPath: "/vault/seal", readOnly: true },
      ]);
      assert.deepEqual(at(vaultValues(args), "server", "volumes"), [
        { name: "seal-key", secret: { secretName: "vault-seal-key", defaultMode: 0o440 } },
      ]);
    });

    it("has 32 characters, the bytes that the seal takes as they are", () => {
      const key = plan.resources.find(({ name }) => name === "vault-static-key");
      assert.ok(key?.kind === "password");
      assert.equal(key.length, 32);
      assert.deepEqual(at(plannedManifest(plan, "vault-seal-key").manifest, "stringData"), {
        key: { $secret: [{ name: "vault-static-key", form: "plain" }] },
      });
    });

    it("is there before the server, and stays as long as the volume", () => {
      for (const name of ["vault-static-key", "vault-seal-key"]) {
        const resource = plan.resources.find((each) => each.name === name);
        assert.equal(resource?.protect, true, name);
        assert.equal(resource.retain, true, name);
        assert.ok(releaseOf(plan).dependsOn?.includes(name), name);
      }
    });
  });

  for (const title of ["Vault, by another Vault", "OpenBao, by another Vault"] as const) {
    describe(`with another Vault's transit engine: ${title}`, () => {
      const args = someVault(unsealSettings[title]);
      const plan = planVault(args);

      it("names the key there, and has its token renewed", () => {
        const block = /^seal "transit" \{\n([^}]*)\n\}$/m.exec(configOf(args))?.[1];
        assert.deepEqual(block?.split("\n"), [
          `  address = "${otherVault.address}"`,
          '  mount_path = "transit"',
          '  key_name = "homelab"',
          '  token = "env://IDP_TRANSIT_TOKEN"',
        ]);
      });

      it("gets the token of a Secret by a variable that no command in the pod takes for its own", () => {
        assert.deepEqual(at(vaultValues(args), "server", "extraSecretEnvironmentVars"), [
          { envName: "IDP_TRANSIT_TOKEN", secretName: "vault-transit-token", secretKey: "token" },
        ]);
        assert.deepEqual(at(plannedManifest(plan, "vault-transit-token").manifest, "stringData"), {
          token: { $secret: [{ name: "vaultTransitToken", form: "plain" }] },
        });
        assert.ok(releaseOf(plan).dependsOn?.includes("vault-transit-token"));
      });
    });
  }

  for (const { title, settings } of unsealRows) {
    it(`T16: no secret is in the chart's values: ${title}`, () => {
      assert.doesNotMatch(JSON.stringify(vaultValues(someVault(settings))), /\$secret/);
    });
  }

  it("counts as the loss of what is on the volume when it becomes another one", () => {
    const volumes = (title: keyof typeof unsealSettings) => {
      const [volume] = releaseOf(planVault(someVault(unsealSettings[title]))).volumes ?? [];
      assert.ok(volume);
      return volume;
    };
    const reasons = (before: keyof typeof unsealSettings, after: keyof typeof unsealSettings) =>
      volumeChangeReasons(volumes(before), volumes(after));
    assert.deepEqual(reasons("Vault, by itself", "Vault, by a person"), []);
    const migrate = "take the change back, or migrate the seal as docs/vault.md says";
    assert.deepEqual(reasons("Vault, by itself", "Vault, by another Vault"), [
      `the volume secrets is sealed by its own keys, and with the seal transit (key transit/homelab) vault cannot open it: ${migrate}`,
    ]);
    assert.deepEqual(reasons("OpenBao, by itself", "OpenBao, by a person"), [
      `the volume secrets is sealed by static, and with the seal of its own keys openbao cannot open it: ${migrate}`,
    ]);
    assert.equal(reasons("OpenBao, by itself", "OpenBao, by another Vault").length, 1);
    assert.deepEqual(reasons("Vault, by itself", "OpenBao, by itself"), [
      "the volume secrets was written by vault, and openbao cannot read it",
    ]);
  });

  it("counts as their loss when another key of the other Vault is named, and not when that Vault has moved", () => {
    const reasons = (changes: object) => {
      const args = (transit: object) => someVault({ vault: { unseal: { mode: "transit", transit } } });
      const [before, after] = [args(otherVault), args({ ...otherVault, ...changes })].map(
        (each) => releaseOf(planVault(each)).volumes?.[0],
      );
      assert.ok(before && after);
      return volumeChangeReasons(before, after);
    };
    assert.deepEqual(reasons({ address: "https://vault.moved.example" }), []);
    assert.match(
      reasons({ key: "homelab-2" }).join("\n"),
      /sealed by transit \(key transit\/homelab\), and with the seal transit \(key transit\/homelab-2\) vault/,
    );
    assert.match(reasons({ mount: "other" }).join("\n"), /with the seal transit \(key other\/homelab\)/);
  });
});
