import { execFileSync } from "node:child_process";

/** The shell of this machine, and that of the image. */
export const shells = [["sh"], ["busybox", "sh"]].filter(isThere);

function isThere([command = ""]: readonly string[]): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
}
