import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes a program `ssh` in a folder of its own that runs on this machine what it is to run on the other. Beside it, `args`
 * gets its arguments and `config` the configuration that it was given.
 */
export function sshStandIn(folder: string): string {
  const bin = join(folder, "ssh-bin");
  mkdirSync(bin);
  const lines = [
    "#!/bin/sh",
    `printf '%s\\n' "$@" >>"${bin}/args"`,
    `[ "$1" != -F ] || cat "$2" >"${bin}/config"`,
    // Options come before the host; the last argument is the command.
    "for command; do :; done",
    'eval "$command"',
  ];
  writeFileSync(join(bin, "ssh"), `${lines.join("\n")}\n`);
  chmodSync(join(bin, "ssh"), 0o755);
  return bin;
}
