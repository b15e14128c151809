import assert from "node:assert/strict";
import { vaultObjects } from "../../../model/vault-names";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";

const onlyIf =
  "Only if nobody has the keys and `pulumi up` of the vault stack has never ended: nobody has had the token";

/** What `vault-init` says of a Vault whose keys are nowhere, so that no Vault in use is ever made empty. */
export function initLostRows(place: LifePlace): void {
  const row = rowsAt(place);

  for (const seal of ["shamir", "static", "transit"] as const)
    row(
      `makes a condition before it says how Vault is made empty (${seal})`,
      async (run) => {
        const MODE = ({ shamir: "manual", static: "kubernetes-secret", transit: "transit" } as const)[seal];
        assert.equal(await (await run.init({ MODE })).code(), 0);
        // As if the first run had ended right before it could say so, and a person had taken the keys away since.
        await run.api.put("configmap", vaultObjects.initialisation, { phase: "started" });
        await run.api.remove("secret", run.keysSecret);
        await run.api.remove("secret", vaultObjects.bootstrapToken);
        if (seal === "shamir") await run.restartVault();
        const init = await run.init({ MODE, KEYS_SECONDS: "1" }, "second");
        assert.equal(await init.code(), 1, init.output);
        const [before = "", after = ""] = init.output.split(onlyIf);
        assert.ok(!/delete|holds nothing|empty/.test(before), init.output);
        assert.match(after, /^ {2}kubectl -n \S+ delete pvc data-vault-0/m);
        assert.ok(before.includes(`create secret generic ${run.keysSecret}`));
        const keep = `patch configmap ${vaultObjects.initialisation} --type=merge -p '{"data":{"phase":"stored"}}'`;
        assert.equal(before.includes(keep), seal !== "shamir");
        if (seal === "shamir") return;
        const record = await run.api.data("configmap", vaultObjects.initialisation);
        await run.api.put("configmap", vaultObjects.initialisation, { ...record, phase: "stored" });
        const next = await run.init({ MODE }, "third");
        assert.equal(await next.code(), 0, next.output);
        assert.deepEqual(await run.api.data("configmap", vaultObjects.initialisation), { phase: "stored" });
      },
      { seal },
    );
}
