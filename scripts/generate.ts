import { writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files";

for (const { path, content } of generatedFiles) writeFileSync(path, content);
