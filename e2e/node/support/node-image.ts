import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { images } from "../../../model/images";
import { hasImage } from "./registry";
import { nameStandIn } from "./stand-in-images";

const base = { repository: "library/debian", tag: "bookworm-slim" };

/** Why there can be no stand-in for the image of Node; empty when there can. */
export async function nodeImageObstacles(): Promise<readonly string[]> {
  return (await hasImage(base)) ? [] : [`the testbed's registry has no ${base.repository}:${base.tag}`];
}

/** Debian with the very program that runs these rows answers under the name of the image of Node. */
export async function nameNodeImage(): Promise<void> {
  const overlay = mkdtempSync(join(tmpdir(), "idp-e2e-image-"));
  const programs = join(overlay, "usr", "local", "bin");
  mkdirSync(programs, { recursive: true });
  copyFileSync(process.execPath, join(programs, "node"));
  try {
    await nameStandIn({ image: base, overlay }, `${images.node.repository}:${images.node.tag}`);
  } finally {
    rmSync(overlay, { recursive: true });
  }
}
