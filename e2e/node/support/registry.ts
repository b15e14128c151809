import { createHash } from "node:crypto";
import { z } from "zod";

/** An image of a registry, without the registry's host. */
export interface ImageName {
  /** Such as `library/postgres`. */
  readonly repository: string;
  readonly tag: string;
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";

const descriptor = z.looseObject({ mediaType: z.string(), digest: z.string(), size: z.int() });
const imageManifest = z.looseObject({
  mediaType: z.literal(manifestType),
  config: descriptor,
  layers: z.array(descriptor),
});

/** Source: OCI image specification, `manifest.md`. */
export type ImageManifest = z.infer<typeof imageManifest>;
export type Descriptor = z.infer<typeof descriptor>;

/** Whether the testbed's registry answers, and has an image. */
export function hasImage({ repository, tag }: ImageName): Promise<boolean> {
  return ask(`${repository}/manifests/${tag}`, { headers: { accept: manifestType } }).then(
    ({ ok }) => ok,
    () => false,
  );
}

export async function readManifest({ repository, tag }: ImageName): Promise<ImageManifest> {
  const answer = await expectOk(`${repository}/manifests/${tag}`, { headers: { accept: manifestType } });
  return imageManifest.parse(await answer.json());
}

/** Names an image; everything that its manifest mentions must be in the repository. */
export async function writeManifest({ repository, tag }: ImageName, manifest: ImageManifest): Promise<void> {
  const headers = { "content-type": manifestType };
  await expectOk(`${repository}/manifests/${tag}`, { method: "PUT", headers, body: JSON.stringify(manifest) });
}

export async function readBlob(repository: string, digest: string): Promise<unknown> {
  return (await expectOk(`${repository}/blobs/${digest}`)).json();
}

/** Makes a part of one repository's image a part of another repository too, without a copy. */
export async function shareBlob(digest: string, from: string, to: string): Promise<void> {
  if (from === to) return;
  const answer = await expectOk(`${to}/blobs/uploads/?${String(new URLSearchParams({ mount: digest, from }))}`, {
    method: "POST",
  });
  if (answer.status !== 201) throw new Error(`the registry does not share ${digest} of ${from} with ${to}`);
}

export async function writeBlob(repository: string, mediaType: string, content: Buffer): Promise<Descriptor> {
  const digest = digestOf(content);
  const started = await expectOk(`${repository}/blobs/uploads/`, { method: "POST" });
  const target = new URL(started.headers.get("location") ?? "", registry());
  target.searchParams.set("digest", digest);
  const finished = await fetch(target, { method: "PUT", body: new Uint8Array(content) });
  if (!finished.ok) throw new Error(`the registry answers ${finished.status} to a part of ${repository}`);
  return { mediaType, digest, size: content.length };
}

/** Such as `sha256:2c26...`: how images name their parts. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

async function expectOk(path: string, init?: RequestInit): Promise<Response> {
  const answer = await ask(path, init);
  if (!answer.ok) throw new Error(`the registry answers ${answer.status} for ${path}: ${await answer.text()}`);
  return answer;
}

function ask(path: string, init?: RequestInit): Promise<Response> {
  return fetch(new URL(`/v2/${path}`, registry()), init);
}

function registry(): string {
  return `http://${process.env["TESTBED_REGISTRY"] ?? ""}`;
}
