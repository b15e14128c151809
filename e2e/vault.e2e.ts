import { bootstrapEndRows } from "../tests/support/vault-life/bootstrap-end-rows";
import { initRefusalRows } from "../tests/support/vault-life/init-refusal-rows";
import { initRows } from "../tests/support/vault-life/init-rows";
import { initTroubleRows } from "../tests/support/vault-life/init-trouble-rows";
import { realVault } from "../tests/support/vault-life/life-places";
import { vaultRightsRows } from "./rows/vault-rights";
import { ClusterApi } from "./support/cluster-api";
import { obstacles, sayObstacles } from "./support/environment";
import { makeVaultAccess } from "./support/vault-objects";

describe("life of Vault, real API server with the rights of the plan, real Vault that is not in dev mode", function () {
  const vault = realVault();
  let leave: (() => Promise<void>) | undefined;

  before(async function () {
    if (sayObstacles([...obstacles(), ...(vault ? [] : ["there is no program `vault`"])])) this.skip();
    leave = await makeVaultAccess();
  });

  after(async function () {
    await leave?.();
  });

  if (vault === undefined) {
    it("initialises Vault, stores the keys and opens it");
    return;
  }
  const place = { ...vault, name: "real servers", api: () => ClusterApi.open() };
  vaultRightsRows(place);
  describe("Job vault-init", () => {
    initRows(place);
    initTroubleRows(place);
    initRefusalRows(place);
  });
  describe("Job vault-bootstrap-end", () => {
    bootstrapEndRows(place);
  });
});
