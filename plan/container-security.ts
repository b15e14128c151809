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
