import { initTroubleRows } from "../support/vault-life/init-trouble-rows";
import { standIns } from "../support/vault-life/life-places";

describe("program vault-init in trouble", () => {
  initTroubleRows(standIns);
});
