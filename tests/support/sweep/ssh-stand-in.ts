import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A program `ssh` that runs on this machine what it is to run on the other: `path` finds it first, `log` gets its arguments,
 * its configuration and the content of its key, one a line.
 */
export function sshStandIn(folder: string): { readonly path: string; readonly log: string } {
  const [bin, log] = [join(folder, "bin"), join(folder, "ssh.log")];
  mkdirSync(bin);
  const lines = [
    "#!/bin/sh",
    `printf '%s\\n' "$@" >>"${log}"`,
    `[ "$1" = -F ] && cat "$2" >>"${log}"`,
    `cat "$(sed -n 's/^IdentityFile "\\(.*\\)"$/\\1/p' "$2")" >>"${log}"`,
    // Its options come before the host; the last argument is the command.
    "for command; do :; done",
    'eval "$command"',
  ];
  writeFileSync(join(bin, "ssh"), `${lines.join("\n")}\n`);
  chmodSync(join(bin, "ssh"), 0o755);
  return { path: `${bin}:${process.env["PATH"] ?? ""}`, log };
}
