import { vaultObjects } from "../../model/vault-names";
import type { VaultSeal } from "../../model/vault-server-settings";
import type { ClusterVault } from "../cluster-vault";
import type { ClusterObjects, SecretName, Seen } from "./cluster-objects";
import { type Finding, ok, unknown, wrong } from "./finding";

export interface SecretFacts {
  readonly vault: ClusterVault;
  readonly seal: VaultSeal;
  /** Whether it is known that there are keys. */
  readonly initialised: boolean;
  readonly secrets: ClusterObjects["secrets"];
}

/** Secrets that have to be there, and those that ought to be gone. */
export function secretFindings(facts: SecretFacts): readonly Finding[] {
  return [...(facts.initialised ? keyFindings(facts) : []), bootstrapFinding(facts)];
}

function keyFindings({ vault, seal, secrets }: SecretFacts): readonly Finding[] {
  const manual = vault.server.unseal.mode === "manual";
  switch (seal) {
    case "shamir":
      return [
        manual
          ? judged(secrets, "unsealKeys", { there: wrong(keysThere, takeAway), absent: ok(keysTaken) })
          : judged(secrets, "unsealKeys", { there: ok(keysKept), absent: wrong(keysGone, putBack) }),
      ];
    case "static":
      return [
        judged(secrets, "sealKey", {
          there: ok(`the key that opens Vault is there (${title("sealKey")})`),
          absent: sealKeyGone(vault),
        }),
        recoveryFinding(secrets),
      ];
    case "transit":
      return [
        judged(secrets, "transitToken", {
          there: ok(`the token for the other Vault is there (${title("transitToken")})`),
          absent: transitGone(vault),
        }),
        recoveryFinding(secrets),
      ];
  }
}

const title = (name: SecretName) => `Secret ${vaultObjects[name]}`;

const keysKept = `the keys that open Vault are in the cluster (${title("unsealKeys")}); keep a copy outside of it`;
const keysTaken = "the keys that open Vault have been taken away from the cluster";
const keysThere = `the keys that open Vault are still in the cluster (${title("unsealKeys")})`;
const takeAway = "take the keys away (docs/vault.md)";
const keysGone = `THE KEYS ARE GONE: ${title("unsealKeys")} is not there, and after its next restart nobody can open Vault`;
const putBack = "put them back from your copy now, before anything restarts (docs/vault.md)";

function sealKeyGone({ platform }: ClusterVault): Finding {
  const text = `THE KEY IS GONE: ${title("sealKey")} is not there, and after its next restart Vault stays sealed`;
  return wrong(
    text,
    `\`pulumi up --refresh --run-program --stack ${platform}\` puts it back from Pulumi's state, before anything restarts`,
  );
}

function transitGone({ platform }: ClusterVault): Finding {
  const text = `${title("transitToken")} is not there, and after its next restart Vault stays sealed`;
  return wrong(text, `\`pulumi up --refresh --run-program --stack ${platform}\` puts it back`);
}

/** They may stay and they may go: by themselves they open nothing. */
function recoveryFinding(secrets: SecretFacts["secrets"]): Finding {
  return judged(secrets, "recoveryKeys", {
    there: ok(
      `the recovery keys are in the cluster (${title("recoveryKeys")}); keep a copy outside of it (docs/vault.md)`,
    ),
    absent: ok("the recovery keys have been taken away from the cluster"),
  });
}

function bootstrapFinding({ vault, secrets }: SecretFacts): Finding {
  const remedy = `\`npm run with-vault -- pulumi up --stack ${vault.vaultStack}\` takes it away at its end`;
  return judged(secrets, "bootstrapToken", {
    there: wrong(`the bootstrap token is still there (${title("bootstrapToken")}), which may do everything`, remedy),
    absent: ok("the bootstrap token is gone"),
  });
}

interface Judgement {
  readonly there: Finding;
  readonly absent: Finding;
}

function judged(secrets: SecretFacts["secrets"], name: SecretName, { there, absent }: Judgement): Finding {
  const seen: Seen = secrets[name];
  switch (seen.kind) {
    case "there":
      return there;
    case "absent":
      return absent;
    case "unseen":
      return unknown(`nobody can say whether the ${title(name)} is there`, seen.why);
  }
}
