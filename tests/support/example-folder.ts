import { join } from "node:path";

/**
 * A copy of the example cluster as it is delivered. Tests and documentation use it, since the files at the root of the
 * repository are there for a person to change.
 */
export const exampleFolder = join(__dirname, "..", "example");
