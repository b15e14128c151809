/** Units of the sizes that people choose. */
const units = ["M", "G", "T", "Mi", "Gi", "Ti"];

/** How people write a unit that Kubernetes does not know, such as `GB`, `gib` or `m`. */
const strange = /^([mgt])(i?)(b|bytes?)?$/i;

export interface UnitAdviceArgs {
  /** What the unit of such an amount begins with when it is left out. */
  readonly usual: "M" | "G";
  /** Whether an amount could be used. */
  readonly fits: (text: string) => boolean;
}

/** What to write for an amount without a unit or with an unknown one, such as `5` or `5GB`; undefined when it is neither. */
export function unitAdvice(input: unknown, { usual, fits }: UnitAdviceArgs): string | undefined {
  const text = typeof input === "number" || typeof input === "string" ? String(input).trim() : "";
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/.exec(text) ?? [];
  if (amount === "" || units.includes(unit)) return undefined;
  const [, letter = "", binary = ""] = strange.exec(unit === "" ? usual : unit) ?? [];
  const meant = (binary === "" ? ["", "i"] : ["i"]).map((end) => `${amount}${letter.toUpperCase()}${end}`).filter(fits);
  if (letter === "" || meant.length === 0) return undefined;
  return `${unit === "" ? "the unit is missing" : `\`${unit}\` is no unit here`}: write \`${meant.join("` or `")}\``;
}
