import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { terminalIo } from "../terminal";
import { endingSignals, Interrupts } from "./interrupts";
import { withVault } from "./with-vault";

const interrupts = new Interrupts(hasTerminal());
for (const signal of endingSignals) {
  process.on(signal, () => {
    interrupts.take(signal);
  });
}

// Not `process.exit`, which would cut off what is not written yet.
void withVault(process.argv.slice(2), {
  ...terminalIo(),
  ...{ environment: process.env, temporary: tmpdir(), interrupts },
}).then((code) => {
  process.exitCode = code;
});

/** Whether a terminal controls this process, whatever its standard input and output are. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
