import type { Measurement } from "./measure";

/** Median of the runs for one number of projects. */
export interface Result extends Measurement {
  readonly projects: number;
}

export interface Verdict {
  /** Such as `100 projects under 2 s`. */
  readonly budget: string;
  readonly met: boolean;
  /** What was measured, such as `0.61 s`. */
  readonly measured: string;
}

const limitSeconds = 2;

/** Ten times the projects may take ten times the time, and a little for memory that grows. */
const growthLimit = 12;

/** The budgets of the offline plan. A size that was not measured misses its budget. */
export function verdicts(results: readonly Result[]): readonly Verdict[] {
  const of = (projects: number) => results.find((result) => result.projects === projects);
  const seconds = of(100)?.wallSeconds ?? Number.NaN;
  const growth = growthOf(of(1), of(100), of(1000));
  return [
    {
      budget: `100 projects under ${limitSeconds} s`,
      met: seconds < limitSeconds,
      measured: `${seconds.toFixed(2)} s`,
    },
    {
      budget: "from 100 to 1000 projects at most about 10 times the CPU time, start-up not counted",
      met: growth <= growthLimit,
      measured: `${growth.toFixed(1)} times`,
    },
  ];
}

/** Start-up is taken off, which would hide growth; CPU time, since waiting for other programs says nothing here. */
function growthOf(start?: Result, small?: Result, large?: Result): number {
  if (!start || !small || !large) return Number.NaN;
  return (large.cpuSeconds - start.cpuSeconds) / (small.cpuSeconds - start.cpuSeconds);
}
