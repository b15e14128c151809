import { isIP } from "node:net";
import type { VaultState } from "../inputs/vault-status";
import { shellWord } from "../model/config-commands";
import { platformNamespaces } from "../model/platform-names";
import { vaultAccounts } from "../model/vault-names";
import { sealOf } from "../model/vault-server-settings";
import { vaultPort } from "../plan/platform/vault-values";
import type { ClusterVault } from "./cluster-vault";

/** The pod of the only server, which is called as both charts call it. */
export const vaultPod = "vault-0";

/** A command for a person, in Vault's namespace of this cluster. */
export function kubectlCommand({ context }: Pick<ClusterVault, "context">, rest: string): string {
  return `\`kubectl --context ${shellWord(context)} -n ${platformNamespaces.vault} ${rest}\``;
}

/** How Vault is opened, or what to look at where it should have opened itself. */
export function openingAdvice(vault: ClusterVault): string {
  const { mode } = vault.server.unseal;
  const told = `unseal mode \`${mode}\``;
  const log = kubectlCommand(vault, `logs ${vaultPod}`);
  switch (mode) {
    case "manual":
      return `${told}: ${kubectlCommand(vault, `exec -it ${vaultPod} -- ${commandOf(vault)} operator unseal`)} (docs/vault.md)`;
    case "kubernetes-secret":
      return sealOf(vault.server) === "static"
        ? `${told}: it opens itself by its static key within 30 s; if not, see ${log}`
        : `${told}: the unsealer opens it within 30 s; if not, see ${kubectlCommand(vault, `logs deployment/${vaultAccounts.unsealer}`)}`;
    case "transit": {
      const { address } = vault.server.unseal.transit;
      return `${told}: it opens itself while ${address} answers and takes its token; if not, see ${log}`;
    }
  }
}

/** The command of the distribution inside its pod. */
function commandOf({ server }: ClusterVault): string {
  return server.distribution === "openbao" ? "bao" : "vault";
}

/** What is wrong, and what to do about it. */
export interface Trouble {
  readonly problem: string;
  readonly remedy: string;
}

/** Why nobody can work with a Vault in this state; undefined where everybody can. */
export function closedTrouble(state: VaultState, vault: ClusterVault, address: string): Trouble | undefined {
  switch (state.kind) {
    case "open":
      return undefined;
    case "sealed":
      return { problem: "Vault is sealed", remedy: openingAdvice(vault) };
    case "uninitialised":
      return { problem: "Vault is not initialised", remedy: initialiseAdvice(vault) };
    case "unready":
      return {
        problem: `what stands before Vault at ${address} has none to hand over to`,
        remedy: openingAdvice(vault),
      };
    case "strange":
      return {
        problem: `what answers at ${address} is not Vault (${state.status})`,
        remedy: `check VAULT_ADDR, or ${reachAdvice(vault, address)}`,
      };
    case "silent":
      return {
        problem: `Vault does not answer at ${address} (${state.reason ?? "no reason"})`,
        remedy: reachAdvice(vault, address),
      };
  }
}

/** What to do where Vault cannot be reached by its name, which is none where the way leads through a tunnel already. */
function reachAdvice(vault: ClusterVault, address: string): string {
  const { hostname } = new URL(address);
  const isName = isIP(hostname.replace(/^\[|\]$/g, "")) === 0 && hostname !== "localhost";
  const tunnel = kubectlCommand(vault, `port-forward svc/vault ${vaultPort}`);
  return (
    (isName ? `let the name ${hostname} lead to a node (DNS or /etc/hosts), or ` : "") +
    `open a tunnel with ${tunnel} and set VAULT_ADDR=http://127.0.0.1:${vaultPort}`
  );
}

/** What to look at where Vault is empty. */
function initialiseAdvice(vault: ClusterVault): string {
  return (
    `the Job ${vaultAccounts.init} of the platform stack does that: see ` +
    kubectlCommand(vault, `logs job/${vaultAccounts.init}`)
  );
}
