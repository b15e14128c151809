import type { VaultSeal } from "../../../model/vault-server-settings";
import { ApiServerStandIn } from "./api-server-stand-in";
import type { LifePlace, LifeVault } from "./life-place";
import { plannedServer } from "./planned-server";
import { type Distribution, type ServerProgram, serverProgram } from "./server-program";
import { TransitVault } from "./transit-vault";
import { VaultServer } from "./vault-server";
import { WholeVault } from "./whole-vault";

/** Where nothing but Node is needed. */
export const standIns: LifePlace = {
  name: "stand-ins",
  seals: ["shamir", "static", "transit"],
  vault: (seal) => Promise.resolve(new WholeVault(seal)),
  api: apiServerStandIn,
};

/** Real servers of the program of this machine, beside a stand-in for the API server. Without the program it says so. */
export function realServers(distribution: Distribution): LifePlace | undefined {
  const program = serverProgram(distribution);
  if (program === undefined) return undefined;
  return {
    name: `a real ${program.title}`,
    seals: distribution === "vault" ? ["shamir", "transit"] : ["shamir", "static", "transit"],
    vault: (seal) => realServer(program, seal),
    api: apiServerStandIn,
  };
}

export function realVault(): LifePlace | undefined {
  return realServers("vault");
}

async function realServer(program: ServerProgram, seal: VaultSeal): Promise<LifeVault> {
  if (seal === "transit") return TransitVault.make(program);
  const { config } = plannedServer(program.distribution, { mode: seal === "static" ? "kubernetes-secret" : "manual" });
  return new VaultServer(program.path, config);
}

async function apiServerStandIn(): Promise<ApiServerStandIn> {
  const api = new ApiServerStandIn();
  await api.listen();
  return api;
}
