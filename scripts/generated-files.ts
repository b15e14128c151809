import { configurationPage } from "./configuration-page";
import { examplePlanFile } from "./example-plan";
import { planSchemaFile } from "./plan-schema";
import { projectSchemaFile } from "./project-schema";
import { type GeneratedFile, pulumiProjectFile } from "./pulumi-project";

/** Every file that `npm run generate` writes. */
export const generatedFiles: readonly GeneratedFile[] = [
  pulumiProjectFile,
  configurationPage,
  projectSchemaFile,
  planSchemaFile,
  examplePlanFile,
];
