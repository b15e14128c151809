import { type DatabaseEngine, databaseEngines, type EngineVersion, engineVersion } from "../../model/database-engines";
import { logicalName } from "../../model/names";
import type { Database, Project } from "../../model/project";
import type { EngineServer } from "./engines/engine-server";
import { engineServers } from "./engines/engine-servers";
import type { ProjectCluster } from "./project-cluster";

/** One database with all that its objects need to know. */
export interface DatabaseScope {
  readonly project: Project;
  readonly database: Database;
  readonly cluster: ProjectCluster;
  readonly engine: DatabaseEngine;
  readonly version: EngineVersion;
  readonly server: EngineServer;
}

export function databaseScope(project: Project, database: Database, cluster: ProjectCluster): DatabaseScope {
  const { type, version } = database;
  const engine = databaseEngines[type];
  return { project, database, cluster, engine, version: engineVersion(type, version), server: engineServers[type] };
}

/** Pulumi's name of a resource of the database. */
export function databaseResource({ project, database }: DatabaseScope, role: string): string {
  return logicalName(project.name, database.name, role);
}

/** Port that the database's Service offers. */
export function servicePort({ database, engine }: DatabaseScope): number {
  return database.port ?? engine.port;
}
