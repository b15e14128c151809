import { usualPatience } from "../inputs/vault-status";
import { runWithVault } from "./run-with-vault";
import { terminalIo } from "./terminal";

const access = {
  address: process.env["VAULT_ADDR"] ?? "",
  token: process.env["VAULT_TOKEN"] ?? "",
  patience: usualPatience,
};

// Not `process.exit`, which would cut off what is not written yet.
void runWithVault(process.argv.slice(2), terminalIo(), access).then((code) => {
  process.exitCode = code;
});
