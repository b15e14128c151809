import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

const root = join(__dirname, "..", "..");

const pulumiProject = z.looseObject({ runtime: z.unknown() });

/** A folder with a program that makes bare ConfigMaps, run in the very way that this one is. */
export function configMapProgram(count: number, context: string): string {
  const directory = mkdtempSync(join(tmpdir(), "idp-bench-maps-"));
  const { runtime } = pulumiProject.parse(parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")));
  writeFileSync(join(directory, "Pulumi.yaml"), stringify({ name: "maps", runtime, main: "index.ts" }));
  writeFileSync(join(directory, "package.json"), readFileSync(join(root, "package.json"), "utf8"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  mkdirSync(join(directory, "state"));
  const lines = [
    'import * as k8s from "@pulumi/kubernetes";',
    `const provider = new k8s.Provider("kubernetes", { context: ${JSON.stringify(context)} });`,
    `for (let index = 0; index < ${count}; index += 1) {`,
    "  const metadata = { name: `map-${index}`, namespace: 'default' };",
    "  new k8s.core.v1.ConfigMap(`map-${index}`, { metadata, data: { key: String(index) } }, { provider });",
    "}",
  ];
  writeFileSync(join(directory, "index.ts"), `${lines.join("\n")}\n`);
  return directory;
}
