import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { runs } from "../../support/environment";
import {
  digestOf,
  type ImageManifest,
  type ImageName,
  readBlob,
  readManifest,
  shareBlob,
  writeBlob,
  writeManifest,
} from "./registry";

/** What the testbed has in the place of an official image: the same programs as Debian packs them. */
export interface StandIn {
  readonly image: ImageName;
  /** Folder that lies over the image: one of `e2e/node/images`, or anywhere by its whole path. */
  readonly overlay?: string;
}

/**
 * The stand-in of each engine. Debian has no MySQL, so MariaDB answers under its name; its entrypoint is replaced, since
 * it knows neither the folder nor the options that our StatefulSet gives to MySQL.
 */
export const standIns = {
  postgres: { image: { repository: "library/postgres", tag: "15" } },
  mysql: { image: { repository: "library/mariadb", tag: "10.11" }, overlay: "mysql" },
  redis: { image: { repository: "library/redis", tag: "7.0" } },
} as const satisfies Readonly<Record<string, StandIn>>;

export type StandInEngine = keyof typeof standIns;

export function isStandIn(engine: string): engine is StandInEngine {
  return engine in standIns;
}

const layerType = "application/vnd.oci.image.layer.v1.tar+gzip";

/** Source: OCI image specification, `config.md`. */
const imageConfig = z.looseObject({
  rootfs: z.looseObject({ diff_ids: z.array(z.string()) }),
  history: z.array(z.looseObject({})),
});

/** Makes a stand-in answer under the full name that our manifests give, such as `docker.io/library/postgres:15.19`. */
export async function nameStandIn({ image, overlay }: StandIn, fullName: string): Promise<void> {
  const target = imageName(fullName);
  const manifest = await readManifest(image);
  for (const { digest } of [manifest.config, ...manifest.layers])
    await shareBlob(digest, image.repository, target.repository);
  const named = overlay === undefined ? manifest : await withOverlay(target.repository, manifest, overlay);
  await writeManifest(target, named);
  // The node keeps what it pulled under this name before.
  runs("ctr", "--namespace", "k8s.io", "images", "rm", "--sync", fullName);
}

function imageName(fullName: string): ImageName {
  const [, repository, tag] = /^[^/]+\/([^:]+):([^:]+)$/.exec(fullName) ?? [];
  if (repository === undefined || tag === undefined) throw new Error(`${fullName} is not host/repository:tag`);
  return { repository, tag };
}

async function withOverlay(repository: string, manifest: ImageManifest, overlay: string): Promise<ImageManifest> {
  const tar = overlayArchive(overlay);
  const config = imageConfig.parse(await readBlob(repository, manifest.config.digest));
  const { rootfs, history } = config;
  const changed = {
    ...config,
    rootfs: { ...rootfs, diff_ids: [...rootfs.diff_ids, digestOf(tar)] },
    history: [...history, { created_by: overlay }],
  };
  const layer = await writeBlob(repository, layerType, gzipSync(tar));
  const text = Buffer.from(JSON.stringify(changed));
  return {
    ...manifest,
    config: await writeBlob(repository, manifest.config.mediaType, text),
    layers: [...manifest.layers, layer],
  };
}

/** Without folders, dates and owners, so that the same files make the same layer. */
function overlayArchive(overlay: string): Buffer {
  const folder = resolve(__dirname, "..", "images", overlay);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(resolve(folder, name)).isFile(),
  );
  const same = ["--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--mode=u=rwX,go=rX"];
  return execFileSync("tar", ["--create", ...same, "--directory", folder, ...files.sort()], { maxBuffer: Infinity });
}
