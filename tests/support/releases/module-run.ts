import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runModule } from "../git/run-script";
import type { Released } from "./gitops-run";

/** Runs a program of a release with a token in a file, and reads what it leaves. */
export async function runRelease(
  text: string,
  env: Readonly<Record<string, string>>,
  token: string,
): Promise<Released> {
  const folder = mkdtempSync(join(tmpdir(), "idp-test-release-"));
  const file = join(folder, "token");
  writeFileSync(file, token);
  const result = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  try {
    const ended = await runModule(text, { TOKEN_FILE: file, RESULTS: folder, PAUSE: "0", ...env });
    return { ...ended, outcome: result("outcome"), description: result("description") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
