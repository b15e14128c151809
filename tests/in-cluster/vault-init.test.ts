import { initRows } from "../support/vault-life/init-rows";
import { standIns } from "../support/vault-life/life-places";

describe("program vault-init", () => {
  initRows(standIns);
});
