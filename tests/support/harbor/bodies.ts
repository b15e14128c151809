import { z } from "zod";
import { badRequest, unprocessable } from "./answer";

/** Bodies as Harbor's `api/v2.0/swagger.yaml` (v2.15.1) describes them; what it does not know is left out. */
export const bodies = {
  project: z.object({
    project_name: z.string().max(255).optional(),
    metadata: z.record(z.string(), z.string()).optional(),
    storage_limit: z.int().optional(),
  }),
  quota: z.object({ hard: z.record(z.string(), z.int()).optional() }),
  robot: z.object({
    name: z.string().default(""),
    description: z.string().default(""),
    level: z.string().default(""),
    disable: z.boolean().default(false),
    duration: z.int().optional(),
    permissions: z
      .array(
        z.object({
          kind: z.string().default(""),
          namespace: z.string().default(""),
          access: z
            .array(
              z.object({
                resource: z.string().default(""),
                action: z.string().default(""),
                effect: z.string().default(""),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  }),
  robotSecret: z.object({ secret: z.string().default("") }),
  retention: z.object({
    algorithm: z.string(),
    rules: z.array(
      z.object({
        action: z.string(),
        template: z.string(),
        disabled: z.boolean().default(false),
        params: z.record(z.string(), z.unknown()).default({}),
        tag_selectors: z.array(
          z.object({ kind: z.string(), decoration: z.string(), pattern: z.string(), extras: z.string().default("") }),
        ),
        scope_selectors: z.record(
          z.string(),
          z.array(
            z.object({ kind: z.string(), decoration: z.string(), pattern: z.string(), extras: z.string().default("") }),
          ),
        ),
      }),
    ),
    trigger: z.object({ kind: z.string(), settings: z.record(z.string(), z.string()).default({}) }),
    scope: z.object({ level: z.string(), ref: z.int() }),
  }),
  schedule: z.object({
    schedule: z.object({
      type: z.enum(["Hourly", "Daily", "Weekly", "Custom", "Manual", "None", "Schedule"]),
      cron: z.string().default(""),
    }),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
} as const;

export type RobotBody = z.infer<typeof bodies.robot>;
export type RetentionBody = z.infer<typeof bodies.retention>;
export type ScheduleBody = z.infer<typeof bodies.schedule>;

export function parseBody<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw unprocessable(z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("parsing body failed");
  }
}

/** Six parts, of which the seconds are 0. Source: src/common/utils/utils.go, ValidateCronString */
export function checkCron(cron: string): void {
  const parts = cron.split(" ");
  if (parts.length !== 6 || parts[0] !== "0" || parts.some((part) => !/^[\d*/,-]+$/.test(part)))
    throw badRequest(`invalid cron string: ${cron}`);
}
