import type { JsonObject } from "../model/json";

/** Pod settings of the `restricted` Pod Security level. The group owns the volumes. */
export function restrictedPod(user: number): JsonObject {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** Container settings of the `restricted` Pod Security level. */
export function restrictedContainer(): JsonObject {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
}

/**
 * What a container needs that starts as root, as ordinary images do, and that no other container has: it takes over the
 * files that it writes to, opens a port below 1024, goes on as another user and stops its processes at the end. All of
 * them are among those that the `baseline` Pod Security level allows.
 */
const rootCapabilities = [...["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL"], ...["NET_BIND_SERVICE", "SETGID", "SETUID"]];

/** Pod settings within the `baseline` Pod Security level, for an image whose user is its own affair. */
export function baselinePod(): JsonObject {
  return { seccompProfile: { type: "RuntimeDefault" } };
}

/** Container settings within the `baseline` Pod Security level. */
export function baselineContainer(): JsonObject {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: rootCapabilities } };
}
