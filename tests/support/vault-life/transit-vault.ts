import type { LifeVault } from "./life-place";
import { plannedServer } from "./planned-server";
import { enterKey, initialise } from "./sealable-vault";
import type { ServerProgram } from "./server-program";
import { VaultServer } from "./vault-server";

/** A real server whose seal is the transit engine of another one. */
export class TransitVault implements LifeVault {
  private constructor(
    readonly other: VaultServer,
    readonly own: VaultServer,
  ) {}

  /** The other one has been opened, and stays so. */
  static async make({ distribution, path }: ServerProgram): Promise<TransitVault> {
    const other = new VaultServer(path, plannedServer(distribution, { mode: "manual" }).config);
    await other.start();
    const { keys, root_token: token = "" } = await initialise(other, 1, 1);
    await enterKey(other, keys[0] ?? "");
    await untilActive(other);
    const write = (path: string, body: object) =>
      fetch(`${other.address}/v1/${path}`, {
        method: "POST",
        headers: { "x-vault-token": token },
        body: JSON.stringify(body),
      });
    await write("sys/mounts/transit", { type: "transit" });
    await write("transit/keys/unseal", {});
    const transit = { address: other.address, mount: "transit", key: "unseal" };
    const { config, variables } = plannedServer(distribution, { mode: "transit", transit });
    return new TransitVault(other, new VaultServer(path, config, { [variables["token"] ?? ""]: token }));
  }

  get address(): string {
    return this.own.address;
  }

  start(): Promise<void> {
    return this.own.start();
  }

  stop(): Promise<void> {
    return this.own.stop();
  }

  async remove(): Promise<void> {
    await this.other.stop();
    this.own.remove();
    this.other.remove();
  }
}

async function untilActive({ address }: VaultServer): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if ((await fetch(`${address}/v1/sys/health`)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the other Vault is not active within ten seconds");
}
