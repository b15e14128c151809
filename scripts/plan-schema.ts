import { z } from "zod";
import { differenceDocumentSchema } from "../plan/difference-document";
import { planDocument } from "../plan/plan-document-schema";
import type { GeneratedFile } from "./pulumi-project";

/** The shapes that `npm run plan -- --json` prints, for other programs. */
export const planSchemaFile: GeneratedFile = {
  path: "docs/plan.schema.json",
  content: schemaText(),
};

function schemaText(): string {
  const { $schema, ...plan } = z.toJSONSchema(planDocument);
  const { $schema: same, ...difference } = z.toJSONSchema(differenceDocumentSchema);
  if ($schema !== same) throw new Error("two dialects of JSON Schema in one file");
  return `${JSON.stringify({ $schema, anyOf: [plan, difference] }, null, 2)}\n`;
}
