import { serviceHost } from "../../model/names";
import type { Database, Project } from "../../model/project";
import type { Workload } from "../../model/workload";
import type { PlannedResource } from "../planned-resource";
import { passwordTexts, planCredentials, planPasswords, planVaultCredentials } from "./database-credentials";
import { databaseImage } from "./database-pod";
import { databaseScope, type DatabaseScope, servicePort } from "./database-scope";
import { planService, planStatefulSet } from "./database-server";
import type { ProjectCluster } from "./project-cluster";
import type { DatabasePlan } from "./project-plan";

/** One database in a project's plan. */
export interface PlannedDatabase {
  readonly facts: DatabasePlan;
  /** Two passwords, a secret in Vault, a Secret, a Service and a StatefulSet. */
  readonly resources: readonly PlannedResource[];
  readonly workload: Workload;
  readonly warnings: readonly string[];
}

/** A database of one server with a volume of its own. */
export function planDatabase(project: Project, database: Database, cluster: ProjectCluster): PlannedDatabase {
  const scope = databaseScope(project, database, cluster);
  return {
    facts: databaseFacts(scope),
    resources: [
      ...planPasswords(scope),
      planVaultCredentials(scope),
      planCredentials(scope),
      planService(scope),
      planStatefulSet(scope, scope.server.file?.(passwordTexts(scope))),
    ],
    workload: { name: database.name, replicas: 1, requests: scope.engine.resources.requests },
    warnings: databaseWarnings(scope),
  };
}

function databaseFacts(scope: DatabaseScope): DatabasePlan {
  const { project, database } = scope;
  const { name, type, version, size } = database;
  const host = serviceHost(project.name, name);
  return { name, type, version, image: databaseImage(scope), host, port: servicePort(scope), size };
}

function databaseWarnings({ project, database, engine, version }: DatabaseScope): readonly string[] {
  return version.warnings.map(
    (warning) => `${project.name}/${database.name}: ${engine.label} ${database.version} ${warning}`,
  );
}
