import type { Application } from "../../model/application";
import type { DatabaseType } from "../../model/database-type";
import type { Database, Project } from "../../model/project";
import type { Labels } from "../network-policies";

/** Every object of a project. */
export function projectLabels(project: string): Labels {
  return { "app.kubernetes.io/part-of": project };
}

/** Pods of databases, of all or of one type. */
export function databaseTypeLabels(type?: DatabaseType): Labels {
  const all = { "app.kubernetes.io/component": "database" };
  return type === undefined ? all : { ...all, "app.kubernetes.io/name": type };
}

/** The pod of one database. Frozen: a StatefulSet's selector cannot change. */
export function databaseLabels({ type, name }: Database): Labels {
  return { ...databaseTypeLabels(type), "app.kubernetes.io/instance": name };
}

/** The objects of one database. */
export function databaseObjectLabels(project: Project, database: Database): Labels {
  return { ...projectLabels(project.name), ...databaseLabels(database) };
}

/** Pods of applications, of all or of one. Frozen: a Deployment's selector cannot change. */
export function applicationLabels(application?: Pick<Application, "name">): Labels {
  const all = { "app.kubernetes.io/component": "application" };
  return application === undefined ? all : { ...all, "app.kubernetes.io/name": application.name };
}

/** What builds one application, its pods included. */
export function applicationBuildLabels(project: Pick<Project, "name">, { name }: Pick<Application, "name">): Labels {
  return { ...projectLabels(project.name), "app.kubernetes.io/component": "build", "app.kubernetes.io/name": name };
}

/** The objects of one application. */
export function applicationObjectLabels(project: Pick<Project, "name">, application: Application): Labels {
  return { ...projectLabels(project.name), ...applicationLabels(application) };
}
