import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program `ssh` that runs on this machine what it is to run on the other: `path` finds it first, `log` gets its arguments
 * and the content of its key, one a line.
 */
export function sshStandIn(folder: string): { readonly path: string; readonly log: string } {
  const [bin, log] = [join(folder, "bin"), join(folder, "ssh.log")];
  mkdirSync(bin);
  const lines = [
    "#!/bin/sh",
    `printf '%s\\n' "$@" >>"${log}"`,
    // Its options come before the host; the last argument is the command.
    'for last; do [ "$before" != -i ] || cat "$last" >>"' + log + '"; before=$last; done',
    'eval "$last"',
  ];
  writeFileSync(join(bin, "ssh"), `${lines.join("\n")}\n`);
  chmodSync(join(bin, "ssh"), 0o755);
  return { path: `${bin}:${process.env["PATH"] ?? ""}`, log };
}
