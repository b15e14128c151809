import { input } from "./build-inputs";

/** A volume of a Secret that may be missing, if an input says so. */
export interface OptionalSecret {
  readonly volume: string;
  readonly optional: string;
}

/**
 * What the main container takes, as a patch: only there may an input stand where Kubernetes wants an amount or a truth value.
 * The inputs are constants that this program has checked, and nothing of a push is among them.
 */
export function amountsPatch(secret?: OptionalSecret): string {
  const resources = {
    requests: { cpu: input("cpu"), memory: input("memory"), "ephemeral-storage": input("disk") },
    limits: { cpu: input("cpu-limit"), memory: input("memory-limit"), "ephemeral-storage": input("disk-limit") },
  };
  const containers = `"containers":[{"name":"main","resources":${JSON.stringify(resources)}}]`;
  return secret === undefined ? `{${containers}}` : `{${containers},"volumes":[${secretVolume(secret)}]}`;
}

function secretVolume({ volume, optional }: OptionalSecret): string {
  return `{"name":${JSON.stringify(volume)},"secret":{"optional":${optional}}}`;
}
