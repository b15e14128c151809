import pico from "picocolors";

type Paint = (text: string) => string;

/** What colours mean here. */
export interface Palette {
  readonly title: Paint;
  readonly name: Paint;
  readonly quiet: Paint;
  readonly warning: Paint;
  readonly danger: Paint;
  readonly added: Paint;
}

/** Plain text when colour is off. */
export function palette(colour: boolean): Palette {
  const { bold, cyan, dim, yellow, red, green } = pico.createColors(colour);
  return { title: bold, name: cyan, quiet: dim, warning: yellow, danger: red, added: green };
}

/**
 * Colour only on a terminal, unless `FORCE_COLOR` asks for it; `NO_COLOR` wins.
 * Source: https://no-color.org, https://force-color.org
 */
export function wantsColour(environment: Readonly<Record<string, string | undefined>>, terminal: boolean): boolean {
  const set = (name: string) => (environment[name] ?? "") !== "";
  if (set("NO_COLOR")) return false;
  if (set("FORCE_COLOR")) return environment["FORCE_COLOR"] !== "0";
  return terminal && environment["TERM"] !== "dumb";
}
