/** When the sweep of a project runs, as cron says it: every so many minutes, projects one after the other. */
export function sweepSchedule(project: string, minutes: number): string {
  const start = spread(project) % minutes;
  if (minutes <= 60) return `${marks(start, minutes, 60)} * * * *`;
  return `${start % 60} ${marks(Math.floor(start / 60), minutes / 60, 24)} * * *`;
}

/** The same number for the same name, so that a sweep keeps its minute whatever other projects there are. */
function spread(project: string): number {
  return Array.from(project).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_003, 0);
}

function marks(start: number, step: number, end: number): string {
  return Array.from({ length: Math.ceil((end - start) / step) }, (_, index) => start + index * step).join(",");
}
