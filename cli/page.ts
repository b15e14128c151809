import type { Palette } from "./palette";

/** What a report is written on. */
export interface Page {
  /** Characters of a line. */
  readonly width: number;
  readonly palette: Palette;
}
