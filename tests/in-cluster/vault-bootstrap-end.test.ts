import { bootstrapEndRows } from "../support/vault-life/bootstrap-end-rows";
import { standIns } from "../support/vault-life/life-places";

describe("program vault-bootstrap-end", () => {
  bootstrapEndRows(standIns);
});
