import assert from "node:assert/strict";
import { join } from "node:path";
import { existsSync, linkSync, readdirSync, readFileSync } from "node:fs";
import { vaultObjects } from "../../../model/vault-names";
import type { LifePlace } from "./life-place";
import { rowsAt } from "./life-row";

/** What `vault-init` does where nothing goes wrong. */
export function initRows(place: LifePlace): void {
  const row = rowsAt(place);

  row("initialises Vault, stores the keys and opens it", async (run) => {
    const init = await run.init();
    assert.equal(await init.code(), 0, init.output);
    await run.expectStored();
    assert.equal(await run.health(), 200);
    assert.deepEqual(readdirSync(run.folder), ["token-init"]);
    assert.match(
      init.output,
      /^the bootstrap token and the keys are stored in the cluster\n(.+\n)*Vault is initialised and open\n$/,
    );
  });

  row(
    "writes over the keys in its journal before it removes that, since a disk keeps what was removed",
    async (run) => {
      const sameFile = join(run.folder, "same-file");
      run.apiGate.before = ({ asked }) => {
        if (asked.startsWith("POST") && !asked.includes("dryRun") && !existsSync(sameFile) && run.given.length > 0)
          linkSync(join(run.folder, "journal-first"), sameFile);
        return undefined;
      };
      const init = await run.init();
      assert.equal(await init.code(), 0, init.output);
      assert.ok(/^ +$/.test(readFileSync(sameFile, "utf8")), "the keys are still in the file");
    },
  );

  row("changes nothing the second time", async (run) => {
    await (await run.init()).code();
    const calls = run.apiGate.calls.length;
    const again = await run.init({}, "second");
    assert.equal(await again.code(), 0, again.output);
    await run.expectStored();
    const second = run.apiGate.calls.slice(calls).map(({ asked }) => asked);
    const record = `/api/v1/namespaces/${run.api.namespace}/configmaps/${vaultObjects.initialisation}`;
    const look = `/api/v1/namespaces/${run.api.namespace}/secrets?fieldManager=idp-vault&dryRun=All`;
    assert.deepEqual(second, [`GET ${record}`, `POST ${look}`]);
    assert.equal(run.vaultGate.count(/^POST .*init/), 1);
  });

  row("gives out as many keys as are wanted, and opens Vault with as many as are needed", async (run) => {
    const init = await run.init({ SHARES: "5", THRESHOLD: "3" });
    assert.equal(await init.code(), 0, init.output);
    await run.expectStored();
    assert.equal(Object.keys(run.given[0]?.keys ?? {}).length, 5);
    assert.equal(await run.health(), 200);
  });

  row("opens Vault the first time also where a person keeps the keys, and says how to take them away", async (run) => {
    const MODE = "manual";
    const init = await run.init({ MODE });
    assert.equal(await init.code(), 0, init.output);
    await run.expectStored();
    assert.equal(await run.health(), 200);
    assert.match(
      init.output,
      new RegExp(`get secret ${run.keysSecret} -o yaml > .*\n.*delete secret ${run.keysSecret}`),
    );
    await run.api.remove("secret", run.keysSecret);
    const again = await run.init({ MODE }, "second");
    assert.equal(await again.code(), 0, again.output);
    assert.equal(run.vaultGate.count(/^POST .*init/), 1);
    await run.restartVault();
    const sealed = await run.init({ MODE }, "third");
    assert.equal(await sealed.code(), 0, sealed.output);
    assert.match(
      sealed.output,
      /Vault is sealed\. Open it .*\n {2}kubectl -n \S+ exec -it vault-0 -- vault operator unseal/,
    );
  });

  row(
    "waits for nobody where Vault is sealed: the unsealer, which opens it, comes only after this program",
    async (run) => {
      await (await run.init()).code();
      await run.restartVault();
      const again = await run.init({}, "second");
      assert.equal(await again.code(), 0, again.output);
      assert.match(again.output, /^Vault is sealed, and vault-unsealer opens it$/m);
      assert.equal(await run.health(), 503);
    },
  );

  for (const seal of ["static", "transit"] as const)
    row(
      `stores the recovery keys of a Vault that opens itself (${seal})`,
      async (run) => {
        const variables = { MODE: seal === "static" ? "kubernetes-secret" : "transit", SHARES: "3", THRESHOLD: "2" };
        const init = await run.init(variables);
        assert.equal(await init.code(), 0, init.output);
        await run.expectStored();
        assert.equal(Object.keys(run.given[0]?.keys ?? {}).length, 3);
        assert.equal(run.vaultGate.count(/unseal/), 0);
        await run.api.remove("secret", run.keysSecret);
        const again = await run.init(variables, "second");
        assert.equal(await again.code(), 0, again.output);
        assert.match(again.output, /its keys have been taken away/);
      },
      { seal },
    );

  row("has exactly one set of keys after two runs at one moment", async (run) => {
    const arrived: (() => void)[] = [];
    run.vaultGate.before = async ({ asked }) => {
      if (asked !== "POST /v1/sys/init") return undefined;
      await new Promise<void>((resolve) => {
        arrived.push(resolve);
        if (arrived.length === 2) for (const go of arrived) go();
      });
      return undefined;
    };
    const both = await Promise.all([run.init({}, "one"), run.init({}, "other")]);
    for (const init of both) assert.equal(await init.code(), 0, init.output);
    assert.equal(run.vaultGate.count(/^POST .*init/), 2);
    await run.expectStored();
    assert.equal(await run.health(), 200);
  });

  row("takes no value that has not its form", async (run) => {
    const hostile = ["", "../x", "a/b", "a\nb", "$(id)", "a?b", "A", "x".repeat(254), "a%2fb", "http://a@b"];
    const names = ["VAULT_ADDR", "KUBERNETES_URL", "NAMESPACE", "KEYS_SECRET", "BOOTSTRAP_SECRET", "RECORD"];
    const others = ["MODE", "SEAL", "SHARES", "THRESHOLD", "WAIT_SECONDS", "KEYS_SECONDS", "JOURNAL"];
    for (const name of [...names, ...others]) {
      const values = others.includes(name) ? [...hostile, "-1", "1e3"] : hostile;
      const all = await Promise.all(values.map((value) => run.init({ [name]: value })));
      for (const init of all) {
        assert.equal(await init.code(), 1);
        assert.equal(init.output, `${name} has not the form that it must have\n`);
      }
    }
    assert.deepEqual([run.apiGate.calls, run.vaultGate.calls], [[], []]);
    assert.ok(!readdirSync(run.folder).includes("journal-first"), join(run.folder, "journal-first"));
  });
}
