import { z } from "zod";

/** A Vault that can be stopped and started again, at the same address and with what it holds; it starts sealed. */
export interface SealableVault {
  /** Such as `http://127.0.0.1:34567`. */
  readonly address: string;
  start(): Promise<void>;
  /** As a power cut does. */
  stop(): Promise<void>;
  /** Takes away what it holds; it has been stopped. */
  remove(): void;
}

const sealStatuses = z.object({ initialized: z.boolean(), sealed: z.boolean(), progress: z.int() });

export type SealStatus = z.infer<typeof sealStatuses>;

const initialisations = z.object({
  keys: z.array(z.string()).readonly(),
  keys_base64: z.array(z.string()).readonly(),
  root_token: z.string().optional(),
});

/** What Vault gives out when it is initialised. */
export type Initialised = z.infer<typeof initialisations>;

export async function sealStatus({ address }: SealableVault): Promise<SealStatus> {
  const response = await fetch(`${address}/v1/sys/seal-status`);
  return sealStatuses.parse(await response.json());
}

export async function initialise(vault: SealableVault, shares: number, threshold: number): Promise<Initialised> {
  const response = await put(vault, "init", { secret_shares: shares, secret_threshold: threshold });
  if (!response.ok) throw new Error(`Vault was not initialised: ${await response.text()}`);
  return initialisations.parse(await response.json());
}

/** What a person does who opens Vault by hand. */
export async function enterKey(vault: SealableVault, key: string): Promise<void> {
  await put(vault, "unseal", { key });
}

function put({ address }: SealableVault, path: string, body: object): Promise<Response> {
  return fetch(`${address}/v1/sys/${path}`, { method: "PUT", body: JSON.stringify(body) });
}
