import assert from "node:assert/strict";
import { differencePlans } from "../../../plan/difference";
import { planArgoCd } from "../../../plan/platform/argo-cd";
import { platformArgs } from "../../../plan/platform/platform-args";
import { planVault } from "../../../plan/platform/vault";
import { someSettings } from "../../support/cluster";
import { clusterOf } from "../../support/plans";
import { someStore, someVault, unsealSettings } from "../../support/some-vault";

describe("what the offline plan says of Vault", () => {
  const said = Object.fromEntries(
    Object.entries(unsealSettings).map(([title, settings]) => [title, planVault(someVault(settings)).about]),
  );

  const daily = "; snapshot at `17 3 * * *`, the newest 14 kept";

  it("is who opens it, in one place, and when snapshots are made", () => {
    assert.deepEqual(
      Object.fromEntries(Object.entries(said).map(([title, text]) => [title, text?.replace(daily, "")])),
      {
        "Vault, by itself": "unsealed after each restart with the keys in the Secret vault-unseal-keys",
        "Vault, by a person": "a person unseals it after each restart",
        "Vault, by another Vault": "unseals itself by the Vault at https://vault.other.example:8443",
        "OpenBao, by itself": "unseals itself with the key in the Secret vault-seal-key",
        "OpenBao, by a person": "a person unseals it after each restart",
        "OpenBao, by another Vault": "unseals itself by the Vault at https://vault.other.example:8443",
      },
    );
  });

  const aboutOf = (settings: object) => planVault(someVault(settings)).about ?? "";

  it("is how many keys there are, where it is not one", () => {
    const keys = { shares: 3, threshold: 2 };
    const own = "unsealed after each restart with the keys in the Secret vault-unseal-keys";
    assert.equal(aboutOf({ vault: { unseal: keys } }), `${own}; 3 keys, 2 needed${daily}`);
    assert.match(
      aboutOf({ vault: { distribution: "openbao", unseal: keys } }),
      /vault-seal-key; 3 recovery keys, 2 needed; snapshot/,
    );
  });

  it("is where snapshots go, and a warning where none is made", () => {
    assert.ok(aboutOf({ backups: someStore }).endsWith(`${daily}, copied to https://s3.lab.example:9000/backups`));
    const none = planVault(someVault({ vault: { backup: { schedule: "" } } }));
    assert.doesNotMatch(none.about ?? "", /snapshot/);
    assert.deepEqual(none.warnings, ["no snapshot of Vault is made; set idp:vault.backup.schedule"]);
  });

  it("is a warning where a person has to be there, and where the way to the other Vault is open", () => {
    const warnings = (unseal: object) => planVault(someVault({ vault: { unseal } })).warnings.join("\n");
    assert.equal(warnings({}), "");
    assert.match(
      warnings({ mode: "manual" }),
      /^after every restart of its pod Vault stays sealed, .*\(docs\/vault\.md\); set idp:vault\.unseal\.mode to kubernetes-secret /,
    );
    const transit = (address: string) => warnings({ mode: "transit", transit: { address, key: "homelab" } });
    assert.equal(transit("https://vault.other.example"), "");
    assert.match(
      transit("http://vault.other.example:8200"),
      /^the way to http:\/\/vault\.other\.example:8200 is not encrypted: .*; give that Vault a certificate, /,
    );
  });
});

describe("what the offline plan says of argocd-vault-plugin", () => {
  const aboutOf = (settings: object) => planArgoCd(platformArgs(someSettings(settings), new Set()).argoCd).about;

  it("is that it runs, where it does", () => {
    assert.match(
      aboutOf({ argoCd: { vaultPlugin: true } }) ?? "",
      /^argocd-vault-plugin \d\S+ runs beside the repo-server \(docs\/vault-plugin\.md\)$/,
    );
    assert.equal(aboutOf({}), undefined);
  });
});

describe("a change of the number of Vault's keys", () => {
  const cluster = (unseal: object) => clusterOf(...planVault(someVault({ vault: { unseal } })).resources);
  const warnings = (unseal: object) =>
    differencePlans(cluster({}), cluster(unseal)).flatMap((change) => change.warnings);

  it("is told to count only when Vault is initialised", () => {
    assert.deepEqual(warnings({ shares: 3, threshold: 2 }), [
      "the number of keys counts only when Vault is initialised: one that is keeps its keys",
    ]);
    assert.deepEqual(warnings({ mode: "manual" }), []);
  });
});
