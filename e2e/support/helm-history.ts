import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { listObjects } from "./kubectl";

const record = z.object({
  name: z.string(),
  version: z.int(),
  manifest: z.string(),
  info: z.object({ status: z.string() }),
});

/** One revision of a release as Helm recorded it. */
export type HelmRevision = z.infer<typeof record>;

/** The revisions of a release that Helm still keeps, oldest first. */
export function helmRevisions(namespace: string, release: string): readonly HelmRevision[] {
  const secrets = listObjects("secrets", "-n", namespace, "-l", `owner=helm,name=${release}`);
  return secrets.map(({ data }) => decode(data)).sort((a, b) => a.version - b.version);
}

/** Helm gzips its record, encodes it, and Kubernetes encodes the Secret once more. */
function decode(data: unknown): HelmRevision {
  const { release } = z.object({ release: z.string() }).parse(data);
  const gzipped = Buffer.from(Buffer.from(release, "base64").toString("utf8"), "base64");
  return record.parse(JSON.parse(gunzipSync(gzipped).toString("utf8")));
}
