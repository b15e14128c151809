/** The two last times before `now` at which a cron expression fires, the later one first; fewer where it fires in no time. */
export function lastFirings(schedule: string, now: Date): readonly Date[] {
  const fields = schedule.split(" ");
  const [minutes, hours, days, months, weekdays] = ranges.map((range, index) => numbers(fields[index] ?? "", range));
  if (!minutes || !hours || !days || !months || !weekdays) return [];
  // As cron has it: where both are limited, one of them is enough.
  const either = fields[2] !== "*" && fields[4] !== "*";
  const isDay = (day: Date) => {
    const both = [days.has(day.getUTCDate()), weekdays.has(day.getUTCDay())];
    return months.has(day.getUTCMonth() + 1) && (either ? both.includes(true) : !both.includes(false));
  };
  const found: Date[] = [];
  for (let back = 0; back < longest && found.length < 2; back += 1) {
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - back));
    if (!isDay(day)) continue;
    const times = [...hours].flatMap((hour) =>
      [...minutes].map((minute) => day.getTime() + (hour * 60 + minute) * 60_000),
    );
    found.push(
      ...times
        .filter((time) => time <= now.getTime())
        .sort((a, b) => b - a)
        .map((time) => new Date(time)),
    );
  }
  return found.slice(0, 2);
}

/**
 * The time since which a backup has to be: the firing before the last one. Half of what is between the two is given, since
 * the clock of the cluster may be in another time zone than UTC. Undefined where the schedule never fires.
 */
export function oldestGoodBackup(schedule: string, now: Date): Date | undefined {
  const [last, before] = lastFirings(schedule, now);
  if (!last || !before) return undefined;
  const grace = Math.min((last.getTime() - before.getTime()) / 2, largestOffset);
  return new Date(before.getTime() - grace);
}

/** Days: a leap year may be eight years from the next, and two of them are looked for. */
const longest = 366 * 17;

/** How far a time zone may be from UTC. */
const largestOffset = 14 * 3_600_000;

interface Range {
  readonly from: number;
  readonly to: number;
}

const ranges: readonly Range[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12 },
  { from: 0, to: 6 },
];

/** What a field such as `1-5,10` or `*\/15` means. Source: https://pkg.go.dev/github.com/robfig/cron/v3 */
function numbers(field: string, range: Range): ReadonlySet<number> {
  return new Set(field.split(",").flatMap((part) => partNumbers(part, range)));
}

function partNumbers(part: string, { from, to }: Range): readonly number[] {
  const [, whole = "", start, end, step = "1"] = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
  if (whole === "" || Number(step) < 1) return [];
  const first = Number(start ?? from);
  // `5/10` goes on to the end of the range; `5` is itself alone.
  const last = Number(end ?? (whole === "*" || part.includes("/") ? to : first));
  const all = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return all.filter((number) => number >= first && number <= last && (number - first) % Number(step) === 0);
}
