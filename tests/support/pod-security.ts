import { z } from "zod";

const profile = z.object({ type: z.string() });
const context = z.object({
  privileged: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  procMount: z.string().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  capabilities: z
    .object({ add: z.array(z.string()).default([]), drop: z.array(z.string()).default([]) })
    .default({ add: [], drop: [] }),
  seccompProfile: profile.optional(),
  appArmorProfile: profile.optional(),
});
const container = z.object({
  name: z.string(),
  securityContext: context.default(context.parse({})),
  ports: z.array(z.object({ hostPort: z.number().optional() })).default([]),
});
const pod = z.object({
  hostNetwork: z.boolean().default(false),
  hostPID: z.boolean().default(false),
  hostIPC: z.boolean().default(false),
  securityContext: context.default(context.parse({})),
  containers: z.array(container),
  initContainers: z.array(container).default([]),
  volumes: z.array(z.record(z.string(), z.unknown())).default([]),
});

type Pod = z.infer<typeof pod>;
type Container = z.infer<typeof container>;

/** What `baseline` lets a container add. Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const baselineCapabilities = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);
const restrictedVolumes = new Set([
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"],
]);

/** What of a pod is above the `baseline` level, such as `main: seccompProfile`. */
export function aboveBaseline(spec: unknown): readonly string[] {
  const found = pod.parse(spec);
  const shared = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((key) => found[key]);
  const paths = found.volumes.filter((volume) => "hostPath" in volume).map(() => "hostPath");
  return [...shared, ...paths, ...profiles("pod", found.securityContext), ...everyContainer(found, containerBaseline)];
}

/** What of a pod is above the `restricted` level, whatever is above `baseline` included. */
export function aboveRestricted(spec: unknown): readonly string[] {
  const found = pod.parse(spec);
  const kinds = found.volumes.flatMap((volume) => Object.keys(volume).filter((key) => key !== "name"));
  return [
    ...aboveBaseline(spec),
    ...kinds.filter((kind) => !restrictedVolumes.has(kind)),
    ...everyContainer(found, (each) => containerRestricted(found, each)),
  ];
}

function everyContainer(found: Pod, check: (container: Container) => readonly string[]): readonly string[] {
  return [...found.initContainers, ...found.containers].flatMap((each) =>
    check(each).map((what) => `${each.name}: ${what}`),
  );
}

function profiles(of: string, { seccompProfile, appArmorProfile }: z.infer<typeof context>): readonly string[] {
  return Object.entries({ seccompProfile, appArmorProfile })
    .filter(([, given]) => given?.type === "Unconfined")
    .map(([name]) => (of === "" ? name : `${of}: ${name}`));
}

function containerBaseline({ securityContext: given, ports }: Container): readonly string[] {
  return [
    ...(given.privileged ? ["privileged"] : []),
    ...given.capabilities.add.filter((name) => !baselineCapabilities.has(name)).map((name) => `adds ${name}`),
    ...(given.procMount === undefined || given.procMount === "Default" ? [] : ["procMount"]),
    ...ports.filter(({ hostPort }) => hostPort !== undefined).map(() => "hostPort"),
    ...profiles("", given),
  ];
}

function containerRestricted({ securityContext: shared }: Pod, { securityContext: own }: Container): readonly string[] {
  const { add, drop } = own.capabilities;
  const confined = (own.seccompProfile ?? shared.seccompProfile)?.type;
  return [
    ...(own.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation"]),
    ...(drop.includes("ALL") ? [] : ["does not drop ALL"]),
    ...add.filter((name) => name !== "NET_BIND_SERVICE").map((name) => `adds ${name}`),
    ...((own.runAsNonRoot ?? shared.runAsNonRoot) ? [] : ["runAsNonRoot"]),
    ...((own.runAsUser ?? shared.runAsUser) === 0 ? ["runAsUser 0"] : []),
    ...(confined === undefined ? ["no seccompProfile"] : []),
  ];
}
