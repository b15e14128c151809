import { initLostRows } from "../support/vault-life/init-lost-rows";
import { initRefusalRows } from "../support/vault-life/init-refusal-rows";
import { standIns } from "../support/vault-life/life-places";

describe("program vault-init where it refuses", () => {
  initRefusalRows(standIns);
  initLostRows(standIns);
});
