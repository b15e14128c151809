import type { VaultState } from "../../inputs/vault-status";
import { sealOf } from "../../model/vault-server-settings";
import type { ClusterVault } from "../cluster-vault";
import { closedTrouble, kubectlCommand, vaultPod } from "../vault-advice";
import { backupFindings } from "./backup-finding";
import type { ClusterObjects } from "./cluster-objects";
import { type Finding, ok, unknown, wrong } from "./finding";
import { initFindings, isInitialised } from "./init-findings";
import { podFinding, unsealerFindings } from "./pod-findings";
import { secretFindings } from "./secret-findings";

/** All that was seen of a Vault. */
export interface VaultFacts {
  readonly vault: ClusterVault;
  /** Where it was asked. */
  readonly address: string;
  readonly state: VaultState;
  /** Whether a server leads, where it is open. */
  readonly leads: boolean;
  /** A sentence where nothing of the cluster could be seen. */
  readonly objects: ClusterObjects | string;
  readonly now: Date;
}

/** What was found, in the order in which a person would look. */
export function findings(facts: VaultFacts): readonly Finding[] {
  const { objects, vault } = facts;
  if (typeof objects === "string")
    return [stateFinding(facts), unknown("nothing could be seen of the cluster", objects)];
  const seal = sealOf(vault.server);
  const initialised = isInitialised(facts.state, objects.record);
  return [
    stateFinding(facts),
    podFinding(vault, objects.pod),
    ...initFindings(vault, objects, facts.state),
    ...unsealerFindings(vault, objects.unsealer),
    ...secretFindings({ vault, seal, initialised, secrets: objects.secrets }),
    ...backupFindings(vault, objects.backup, facts.now),
  ];
}

function stateFinding({ vault, address, state, leads }: VaultFacts): Finding {
  const trouble = closedTrouble(state, vault, address);
  if (trouble) return wrong(entered(state, trouble.problem), trouble.remedy);
  if (!leads)
    return wrong(
      `Vault is open at ${address}, and no server leads`,
      `see ${kubectlCommand(vault, `logs ${vaultPod}`)}`,
    );
  const version = state.kind === "open" && state.version !== "" ? ` (version ${state.version})` : "";
  return ok(`Vault answers at ${address} and is open${version}`);
}

/** How far a person is who enters keys. */
function entered(state: VaultState, problem: string): string {
  return state.kind === "sealed" && state.given > 0
    ? `${problem}, with ${state.given} of ${state.needed} keys entered`
    : problem;
}
