/** An image that no chart brings: which one, pinned, and as whom it runs. */
export interface PinnedImage {
  /** With the registry that it comes from, such as `docker.io/library/node`. */
  readonly repository: string;
  /** Exact, so that it means the same software tomorrow. */
  readonly tag: string;
  /** The user that it runs as; 0, which is root, only where nothing else works. */
  readonly user: number;
}

/** The only place where images are pinned that neither a chart nor a database's version names. */
export const images = {
  /** Runs the programs of `in-cluster/`. Source: https://github.com/docker-library/official-images/blob/master/library/node */
  node: { repository: "docker.io/library/node", tag: "24.19.0-alpine3.24", user: 1000 },
  /**
   * Runs the scripts that need git: git, ssh and a POSIX shell. It knows no user but root, so that ssh needs a
   * `/etc/passwd` with the user's number. Source: https://github.com/alpine-docker/git
   */
  git: { repository: "docker.io/alpine/git", tag: "v2.52.0", user: 1000 },
  /** Builds images without root. Source: https://github.com/moby/buildkit/releases */
  buildkit: { repository: "docker.io/moby/buildkit", tag: "v0.32.2-rootless", user: 1000 },
  /**
   * Builds images as root, for who needs it: the last one with a shell that its makers published, since nobody publishes new
   * ones. Source: https://github.com/GoogleContainerTools/kaniko/releases
   */
  kaniko: { repository: "gcr.io/kaniko-project/executor", tag: "v1.24.0-debug", user: 0 },
  /**
   * Searches images for known vulnerabilities; it knows no user but root and needs none.
   * Source: https://github.com/aquasecurity/trivy/releases
   */
  trivy: { repository: "docker.io/aquasec/trivy", tag: "0.74.0", user: 1000 },
  /** Signs images. It has no shell; its user is that of distroless images. Source: https://github.com/sigstore/cosign/releases */
  cosign: { repository: "ghcr.io/sigstore/cosign/cosign", tag: "v3.1.2", user: 65532 },
} as const satisfies Readonly<Record<string, PinnedImage>>;
