import { run } from "../cli/run";
import { exampleFolder } from "../tests/support/example-folder";
import type { GeneratedFile } from "./pulumi-project";

/** What `npm start` prints for the example cluster. */
export const examplePlanFile: GeneratedFile = { path: "docs/example-plan.txt", content: examplePlan() };

function examplePlan(): string {
  const printed: string[] = [];
  const print = (text: string) => {
    printed.push(text);
  };
  run([], { stdout: print, stderr: print, columns: 80, colour: false, cwd: exampleFolder, debug: false });
  return printed.join("");
}
