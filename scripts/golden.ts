import { writeFileSync } from "node:fs";
import { goldenFiles } from "../tests/support/golden";

void goldenFiles().then((files) => {
  for (const { path, content } of files) writeFileSync(path, content);
});
