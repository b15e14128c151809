import type { ISecurityContext } from "kubernetes-models/v1/SecurityContext";
import { images } from "../../model/images";

/**
 * As a user who is root only inside namespaces of its own. To make those it needs system calls and mounts that the default
 * profiles refuse, and `newuidmap` and `newgidmap`, whose files hold one capability each: they count only when the
 * container may have them, and when a program may gain what its file holds. Source: moby/buildkit docs/rootless.md
 */
export const buildKitSecurity: ISecurityContext = {
  runAsNonRoot: true,
  runAsUser: images.buildkit.user,
  runAsGroup: images.buildkit.user,
  allowPrivilegeEscalation: true,
  capabilities: { drop: ["ALL"], add: ["SETGID", "SETUID"] },
  seccompProfile: { type: "Unconfined" },
  appArmorProfile: { type: "Unconfined" },
};

/**
 * As root, since it unpacks images over its own files and runs their commands there; with nothing but what files of many
 * owners need, and within the `baseline` level. Source: GoogleContainerTools/kaniko README, "How does kaniko work?"
 */
export const kanikoSecurity: ISecurityContext = {
  runAsNonRoot: false,
  runAsUser: 0,
  runAsGroup: 0,
  allowPrivilegeEscalation: false,
  capabilities: {
    drop: ["ALL"],
    add: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "SETFCAP", "SETGID", "SETUID"],
  },
};
