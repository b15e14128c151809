import { z } from "zod";

/** Fields of a schedule as Kubernetes takes them: for it the week ends with Saturday, 6. Source: robfig/cron v3 spec.go */
const fields = [
  { name: "minute", lowest: 0, highest: 59 },
  { name: "hour", lowest: 0, highest: 23 },
  { name: "day", lowest: 1, highest: 31 },
  { name: "month", lowest: 1, highest: 12 },
  { name: "weekday", lowest: 0, highest: 6, note: ", Sunday is 0" },
] as const;

type Field = (typeof fields)[number];

/** Schedule of a CronJob, in numbers alone. Empty: never. */
export const cron = z
  .string()
  .regex(/^$|^[0-9*/,-]+( [0-9*/,-]+){4}$/, "use five fields such as `17 3 * * *`, or nothing")
  .superRefine((text, context) => {
    const parts = text === "" ? [] : text.split(" ");
    const wrong = fields.filter((field, index) => !fits(field, parts[index] ?? "*"));
    if (parts.length !== fields.length || wrong.length === 0) return;
    context.addIssue({ code: "custom", message: `use numbers in their range (${wrong.map(rangeOf).join("; ")})` });
  });

function rangeOf(field: Field): string {
  return `${field.name}: ${field.lowest}-${field.highest}${"note" in field ? field.note : ""}`;
}

/** A list of `*`, numbers and ranges, each with or without a step. */
function fits({ lowest, highest }: Field, text: string): boolean {
  return text.split(",").every((part) => {
    const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (!match) return false;
    const [first, last, step] = [match[1] ?? lowest, match[2] ?? match[1] ?? highest, match[3] ?? 1].map(Number);
    if (first === undefined || last === undefined || step === undefined) return false;
    return lowest <= first && first <= last && last <= highest && step > 0;
  });
}
