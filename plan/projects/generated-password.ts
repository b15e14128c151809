import type { PlannedPassword } from "../planned-resource";

/** A password that a project needs for as long as its data live: losing it in the state would lock its users out. */
export function planPassword(name: string): PlannedPassword {
  return { kind: "password", name, length: 32, protect: true };
}
