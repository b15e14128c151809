import type { PlannedPassword } from "../planned-resource";

const length = 32;

/** A password that a project needs for as long as its data live: losing it in the state would lock its users out. */
export function planPassword(name: string): PlannedPassword {
  return { kind: "password", name, length, protect: true };
}

/**
 * A password that a greater number makes anew. Pulumi would refuse that of a protected one; the place in Vault that holds
 * it is protected in its stead.
 */
export function planRotatedPassword(name: string, rotation: number): PlannedPassword {
  return { kind: "password", name, length, ...(rotation === 0 ? {} : { rotation }) };
}
