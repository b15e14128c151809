import { z } from "zod";
import { addressAdvice, hasNoCredentials } from "./scalars";

/** Another source of a chart than the catalog's. */
export const chartOverride = z
  .strictObject({
    directory: z.string().min(1).optional().describe("folder that holds the unpacked chart"),
    repository: z
      .string()
      .regex(/^(https|oci):\/\/\S+$/, "use an address that starts with `https://` or `oci://`")
      .refine(hasNoCredentials, addressAdvice)
      .optional()
      .describe("Helm repository, or the chart itself when it starts with `oci://`"),
    version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+([-+][\w.-]+)?$/, "use an exact version such as `1.2.3`")
      .optional()
      .describe("exact version of the chart"),
  })
  .refine((source) => source.directory === undefined || (source.repository ?? source.version) === undefined, {
    error: "use either `directory`, or `repository` and `version`",
  });

/** Where a release takes its chart from, overrides applied. */
export type ChartSource =
  { readonly directory: string } | { readonly repository: string; readonly chart: string; readonly version: string };
