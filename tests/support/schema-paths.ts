import { z } from "zod";

/** A path of a schema of settings, and whether it must be set wherever what holds it is set. */
export interface SchemaPath {
  /** Such as `github.apps.*.id`; `*` stands for any name. */
  readonly path: string;
  readonly required: boolean;
}

/** Every path of a schema that holds a value of its own, below the path of the schema itself. */
export function schemaPaths(schema: z.core.$ZodType, path: string, required = true): readonly SchemaPath[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return schemaPaths(schema.unwrap(), path, false);
  if (schema instanceof z.ZodRecord) return schemaPaths(schema.valueType, `${path}.*`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => schemaPaths(option, path, required));
  if (!(schema instanceof z.core.$ZodObject)) return [{ path, required }];
  return Object.entries(schema._zod.def.shape).flatMap(([name, child]) => schemaPaths(child, `${path}.${name}`));
}
