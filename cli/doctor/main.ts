import { terminalIo } from "../terminal";
import { doctor } from "./doctor";

// Not `process.exit`, which would cut off what is not written yet.
void doctor(process.argv.slice(2), { ...terminalIo(), environment: process.env, now: new Date() }).then((code) => {
  process.exitCode = code;
});
