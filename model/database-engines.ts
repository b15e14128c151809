import type { DatabaseType } from "./database-type";
import type { Resources } from "./workload";

/** What runs for one version that a project file may name. */
export interface EngineVersion {
  /** Tag of the image: a full version, and the distribution below it where a change of its libraries would disturb data. */
  readonly tag: string;
  /** Where the volume is mounted. */
  readonly mountPath: string;
  /** Folder of the data: a subfolder, where the engine refuses a volume's root that is not empty or not its own. */
  readonly dataPath: string;
  /** What decides whether files on disk can be read, such as `postgres 17`. */
  readonly format: string;
  /** What to know before using it: the end of a sentence that starts with engine and version. */
  readonly warnings: readonly string[];
}

/** A database engine as its official image packs it. */
export interface DatabaseEngine {
  /** Name of the product, as people write it. */
  readonly label: string;
  readonly repository: string;
  /** Port that the server listens on; a Service may offer another one. */
  readonly port: number;
  /** User and group of the server in the image; the volume belongs to that group. */
  readonly user: number;
  /** Of the one pod. Requests follow an idle server; the limit leaves room for its caches and peaks. */
  readonly resources: Resources;
  /** Every newer version reads the files of an older one. */
  readonly upgradesItself?: boolean;
  /** Seconds that the server gets to write everything down before it is killed. */
  readonly gracePeriod: number;
  /** By the version in the project file. */
  readonly versions: Readonly<Record<string, EngineVersion>>;
}

/** Source: docker-library/mongo issue 485. */
const needsAvx = "needs a CPU with AVX (Celeron and Atom mini PCs crash); use 4.4 or check /proc/cpuinfo";

/**
 * Below 18 the folder must not be the volume's root. It is named so that the image of 18, which expects the mount one
 * level higher, finds old files there and stops, where it would otherwise start with an empty database
 * (docker-library/postgres issue 1370, pull request 1259).
 */
function postgresBefore18(tag: string, major: string, warnings: readonly string[] = []): EngineVersion {
  const mountPath = "/var/lib/postgresql/data";
  return { tag, mountPath, dataPath: `${mountPath}/pgdata/docker`, format: `postgres ${major}`, warnings };
}

function postgresFrom18(tag: string, major: string): EngineVersion {
  const mountPath = "/var/lib/postgresql";
  return { tag, mountPath, dataPath: `${mountPath}/${major}/docker`, format: `postgres ${major}`, warnings: [] };
}

/** `mysqld --initialize` refuses a folder that holds anything, even the `lost+found` of a fresh disk. */
function mysqlVersion(tag: string, version: string, warnings: readonly string[] = []): EngineVersion {
  const mountPath = "/var/lib/mysql";
  return { tag, mountPath, dataPath: `${mountPath}/data`, format: `mysql ${version}`, warnings };
}

function mongodbVersion(tag: string, version: string, warnings: readonly string[]): EngineVersion {
  return { tag, mountPath: "/data/db", dataPath: "/data/db", format: `mongodb ${version}`, warnings };
}

/** Minor versions change the format of the files too (RDB 10 in 7.0, 11 in 7.2, 12 in 7.4), so no older one may follow. */
function redisVersion(tag: string, warnings: readonly string[] = []): EngineVersion {
  const [version = ""] = /^\d+\.\d+/.exec(tag) ?? [];
  return { tag, mountPath: "/data", dataPath: "/data", format: `redis ${version}`, warnings };
}

function engineResources(cpu: string, memory: string, memoryLimit: string): Resources {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}

/**
 * The only place where database images are pinned. Tags are those of `library/*` in docker-library/official-images,
 * August 2026; where a version is no longer built, the last tag it had there. Users are those of the Dockerfiles.
 */
export const databaseEngines: Readonly<Record<DatabaseType, DatabaseEngine>> = {
  mysql: {
    label: "MySQL",
    repository: "docker.io/library/mysql",
    port: 3306,
    user: 999,
    resources: engineResources("50m", "384Mi", "1Gi"),
    gracePeriod: 120,
    versions: {
      "8.0": mysqlVersion("8.0.46", "8.0", ["has had no fixes since April 2026; use 8.4"]),
      "8.4": mysqlVersion("8.4.11", "8.4"),
      "9.7": mysqlVersion("9.7.2", "9.7"),
    },
  },
  postgres: {
    label: "PostgreSQL",
    repository: "docker.io/library/postgres",
    port: 5432,
    user: 999,
    resources: engineResources("50m", "128Mi", "512Mi"),
    gracePeriod: 60,
    // Debian's release is part of the tag: indexes over text depend on the sort order of its C library.
    versions: {
      "14": postgresBefore18("14.24-trixie", "14", ["gets no fixes after November 2026; use 17"]),
      "15": postgresBefore18("15.19-trixie", "15"),
      "16": postgresBefore18("16.15-trixie", "16"),
      "17": postgresBefore18("17.11-trixie", "17"),
      "18": postgresFrom18("18.6-trixie", "18"),
    },
  },
  redis: {
    label: "Redis",
    repository: "docker.io/library/redis",
    port: 6379,
    user: 999,
    resources: engineResources("20m", "48Mi", "384Mi"),
    upgradesItself: true,
    gracePeriod: 30,
    versions: {
      "7.0": redisVersion("7.0.15-bookworm", ["has had no fixes since September 2024; use 7.2"]),
      "7.2": redisVersion("7.2.16-bookworm"),
      "7.4": redisVersion("7.4.11-bookworm", [
        "is under the RSALv2 or SSPLv1 licence; 7.2 (BSD) and 8.2 (AGPLv3) are open source",
      ]),
      "8.2": redisVersion("8.2.9-bookworm"),
      "8.4": redisVersion("8.4.6-trixie"),
      "8.6": redisVersion("8.6.6-trixie"),
      "8.8": redisVersion("8.8.2-trixie"),
      "8.10": redisVersion("8.10.1-trixie"),
    },
  },
  mongodb: {
    label: "MongoDB",
    repository: "docker.io/library/mongo",
    port: 27017,
    user: 999,
    resources: engineResources("50m", "256Mi", "1Gi"),
    gracePeriod: 60,
    versions: {
      "4.4": mongodbVersion("4.4.30-focal", "4.4", [
        "has had no fixes since December 2025; use 8.0 where the CPU has AVX",
      ]),
      "5.0": mongodbVersion("5.0.33-focal", "5.0", [needsAvx, "has had no fixes since May 2026; use 8.0"]),
      "6.0": mongodbVersion("6.0.28-jammy", "6.0", [needsAvx, "has had no fixes since May 2026; use 8.0"]),
      "7.0": mongodbVersion("7.0.40-jammy", "7.0", [needsAvx]),
      "8.0": mongodbVersion("8.0.29-noble", "8.0", [needsAvx]),
    },
  },
};

/** The versions that a project file may name, oldest first. */
export const databaseVersions: Readonly<Record<DatabaseType, readonly string[]>> = {
  mysql: Object.keys(databaseEngines.mysql.versions),
  postgres: Object.keys(databaseEngines.postgres.versions),
  redis: Object.keys(databaseEngines.redis.versions),
  mongodb: Object.keys(databaseEngines.mongodb.versions),
};

/** One version of an engine. The schema of project files has refused every other. */
export function engineVersion(type: DatabaseType, version: string): EngineVersion {
  const found = databaseEngines[type].versions[version];
  if (!found) throw new Error(`no version ${version} of ${type} is known`);
  return found;
}
