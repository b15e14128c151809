import type { IEnvVar } from "kubernetes-models/v1/EnvVar";
import type { IVolume } from "kubernetes-models/v1/Volume";
import type { IVolumeMount } from "kubernetes-models/v1/VolumeMount";
import { registrySecretName } from "../../model/names";
import { registryAuthoritySecretName } from "../../model/registry-names";
import type { ProjectCluster } from "../projects/project-cluster";

/** What lets a container reach the registry as the robot account of the project that it runs for. */
export interface RegistryLogin {
  readonly env: readonly IEnvVar[];
  readonly mounts: readonly IVolumeMount[];
  readonly volumes: readonly IVolume[];
}

const login = { volume: "registry", folder: "/registry" } as const;
const authority = { volume: "registry-authority", folder: "/registry-authority", file: "ca.crt" } as const;

/** For programs that read Docker's file of logins, as all of them do that speak to a registry. */
export function registryLogin({ labAuthority }: Pick<ProjectCluster, "labAuthority">): RegistryLogin {
  const items = [{ key: ".dockerconfigjson", path: "config.json" }];
  const trust = labAuthority ? authorityTrust() : { env: [], mounts: [], volumes: [] };
  return {
    env: [{ name: "DOCKER_CONFIG", value: login.folder }, ...trust.env],
    mounts: [{ name: login.volume, mountPath: login.folder, readOnly: true }, ...trust.mounts],
    volumes: [
      { name: login.volume, secret: { secretName: registrySecretName, items, defaultMode: 0o440 } },
      ...trust.volumes,
    ],
  };
}

/** What a person has to see to where nobody of the cluster has signed the registry's certificate. */
export function registryWarnings({
  tls,
  registryHost,
}: Pick<ProjectCluster, "tls" | "registryHost">): readonly string[] {
  if (tls.issuer) return [];
  return [
    `the certificate of ${registryHost} is Traefik's default one (\`idp:tls.mode: traefik\`), and builds and nodes push and pull only if it is of a public authority and for that host; give Traefik such a one, or set \`idp:tls.mode\` of the platform stack to \`acme\` or \`lab-ca\``,
  ];
}

/**
 * The cluster's own authority beside those of the image. Programs written in Go read a file of their system and these
 * folders, of which the second is kaniko's; Node takes one file more. Source: Go's crypto/x509/root_unix.go, kaniko's
 * deploy/Dockerfile
 */
function authorityTrust(): RegistryLogin {
  const { volume, folder, file } = authority;
  const items = [{ key: file, path: file }];
  return {
    env: [
      { name: "SSL_CERT_DIR", value: ["/etc/ssl/certs", "/kaniko/ssl/certs", folder].join(":") },
      { name: "NODE_EXTRA_CA_CERTS", value: `${folder}/${file}` },
    ],
    mounts: [{ name: volume, mountPath: folder, readOnly: true }],
    volumes: [{ name: volume, secret: { secretName: registryAuthoritySecretName, items } }],
  };
}
