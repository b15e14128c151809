import { writeSync } from "node:fs";

/** File descriptor on which a measured process says what it used; see `measure`. */
const reportChannel = 3;

// Loaded into the measured process: only the process itself knows its peak memory on every system.
process.on("exit", () => {
  writeSync(reportChannel, JSON.stringify(process.resourceUsage()));
});
