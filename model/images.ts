/** An image that no chart brings: which one, pinned, and as whom it runs. */
export interface PinnedImage {
  /** With the registry that it comes from, such as `docker.io/library/node`. */
  readonly repository: string;
  /** Exact, so that it means the same software tomorrow. */
  readonly tag: string;
  /** A user id of the image that is not root. */
  readonly user: number;
}

/** The only place where images are pinned that neither a chart nor a database's version names. */
export const images = {
  /** Runs the programs of `in-cluster/`. Source: https://github.com/docker-library/official-images/blob/master/library/node */
  node: { repository: "docker.io/library/node", tag: "24.19.0-alpine3.24", user: 1000 },
} as const satisfies Readonly<Record<string, PinnedImage>>;
