import { z } from "zod";
import type { Change } from "./difference";

const names = z.array(z.string());

const change = z.strictObject({
  stack: z.string(),
  component: z.string().optional().describe("component or project; absent: the stack as a whole"),
  type: z
    .string()
    .describe("`cluster`, `stack`, `component`, `project`, `application`, `database`, or the type of a resource"),
  name: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  fields: z
    .array(z.strictObject({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
    .describe("what differs; empty unless it is changed"),
  dataLoss: names.describe("why the change destroys data, and what `pulumi up` does about it; empty: it does not"),
  warnings: names.describe("what to mind though no data is lost"),
});

/** What `--against` with `--json` prints. Versioned like `planDocument`. */
export const differenceDocumentSchema = z
  .strictObject({
    version: z.literal(1),
    against: z.string().describe("the revision as it was named"),
    dataLoss: z.boolean().describe("one change at least destroys data"),
    changes: z.array(change),
  })
  .meta({ title: "Difference between two offline plans" });

export type DifferenceDocument = z.infer<typeof differenceDocumentSchema>;

/** The difference for other programs. */
export function differenceDocument(against: string, changes: readonly Change[]): DifferenceDocument {
  return {
    version: 1,
    against,
    dataLoss: changes.some(({ dataLoss }) => dataLoss.length > 0),
    changes: changes.map(({ stack, component, type, name, change: kind, fields, dataLoss, warnings }) => ({
      stack,
      ...(component === undefined ? {} : { component }),
      ...{ type, name, change: kind, fields: [...fields], dataLoss: [...dataLoss], warnings: [...warnings] },
    })),
  };
}
