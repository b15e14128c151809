import type { JsonObject } from "../../model/json";
import type { ContainerName } from "../../model/profiles";
import { type ClusterFacts, imageRepository, resourcesOf } from "../cluster-facts";
import type { RouteService } from "../route";
import type { HarborArgs } from "./harbor";
import { harborSecretValues } from "./harbor-secrets";

/** The Service of the chart's nginx, which hands requests to the user interface, the API and the registry. */
export const harborService: RouteService = { name: "harbor", port: 80 };

/**
 * Chart values. The render is the same every time: nothing is left for the chart to make up. Its pods meet the level
 * `restricted` by the chart's own `containerSecurityContext`.
 */
export function harborValues(args: HarborArgs): JsonObject {
  const { facts, host, trivy } = args;
  const of = (image: string, container: ContainerName) => containerValues(facts, image, container);
  return {
    ...harborSecretValues.global,
    externalURL: `https://${host}`,
    expose: exposure,
    internalTLS: { enabled: false },
    metrics: { enabled: false },
    enableMigrateHelmHook: false,
    // Two pods cannot hold one volume of `ReadWriteOnce`: a rolling update would wait for ever.
    updateStrategy: { type: "Recreate" },
    persistence: persistence(args),
    nginx: of("nginx-photon", "harbor-nginx"),
    portal: of("harbor-portal", "harbor-portal"),
    core: { ...of("harbor-core", "harbor-core"), ...harborSecretValues.core },
    jobservice: { ...of("harbor-jobservice", "harbor-jobservice"), ...harborSecretValues.jobService },
    registry: registryValues(facts),
    database: databaseValues(facts),
    redis: { type: "internal", internal: of("redis-photon", "harbor-redis") },
    // The chart's limit of one CPU stays: a scan would otherwise take all of a mini PC.
    trivy: { enabled: trivy, ...of("trivy-adapter-photon", "harbor-trivy") },
  };
}

/**
 * The chart's `ingress` and `route` would do without nginx, but each makes an object of its own that routes the host a second
 * time; with any word that it does not know there is no Service at all. TLS ends at Traefik.
 */
const exposure = {
  type: "clusterIP",
  tls: { enabled: false },
  clusterIP: { name: harborService.name, ports: { httpPort: harborService.port } },
} as const;

function containerValues(facts: ClusterFacts, image: string, container: ContainerName): JsonObject {
  return {
    image: { repository: imageRepository(facts, `docker.io/goharbor/${image}`) },
    resources: resourcesOf(facts, container),
  };
}

function registryValues(facts: ClusterFacts): JsonObject {
  return {
    ...harborSecretValues.registry,
    registry: containerValues(facts, "registry-photon", "harbor-registry"),
    controller: containerValues(facts, "harbor-registryctl", "harbor-registryctl"),
    // Behind a proxy the registry would otherwise name upload addresses that clients cannot reach.
    relativeurls: true,
    upload_purging: { enabled: true, age: "168h", interval: "24h", dryrun: false },
  };
}

function databaseValues(facts: ClusterFacts): JsonObject {
  return {
    type: "internal",
    internal: {
      ...containerValues(facts, "harbor-db", "harbor-database"),
      ...harborSecretValues.database.internal,
      initContainer: { permissions: { resources: resourcesOf(facts, "harbor-database-permissions") } },
    },
    external: harborSecretValues.database.external,
  };
}

function persistence({ facts, storage }: HarborArgs): JsonObject {
  const claim = (size: string) => ({ size, storageClass: facts.storageClass });
  return {
    enabled: true,
    resourcePolicy: "keep",
    persistentVolumeClaim: {
      registry: claim(storage.images),
      jobservice: { jobLog: claim(storage.jobLog) },
      database: claim(storage.database),
      redis: claim(storage.redis),
      trivy: claim(storage.trivy),
    },
  };
}
