/** Service account of the step that signs images, in the build namespace of a project that signs any. */
export const signerAccountName = "signer";

/** The pods of that step; no other pod reaches Vault out of a build namespace. */
export const signerPodLabels = { "app.kubernetes.io/component": "signer" } as const;

/** Path of the transit engine that holds the keys of all projects, beside the kv-v2 engine at `mount`. Frozen: a key has no other copy. */
export function signingMount(mount: string): string {
  return `${mount}-signing`;
}

/** A project's key in that engine. */
export function signingKeyName(project: string): string {
  return project;
}

/**
 * Policy and role by which a project's images are signed. It starts differently from `vaultRoleName`, which could otherwise
 * be the name for another project.
 */
export function signingRoleName(project: string): string {
  return `sign-${project}`;
}
