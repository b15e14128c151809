import { application as applicationSchema } from "./application";
import type { ApplicationEnvironment } from "./application-environment";
import { environmentProjectName } from "./names";
import type { Application, Project } from "./project";

/** The project whose file says what a project is: its own, or that of which it is an environment. */
export function fileOwner({ name, environmentOf }: Pick<Project, "name" | "environmentOf">): string {
  return environmentOf?.project ?? name;
}

/**
 * A project, and each of its environments as a project of its own. Nothing beyond this needs to know of environments:
 * their names, namespaces, paths in Vault and in the registry, webhooks and data follow from the name of the project.
 */
export function withEnvironments(project: Project): readonly Project[] {
  const named = project.applications.flatMap(({ environments }) => environments.map(({ name }) => name));
  const applications = project.applications.map((application) => ({ ...application, environments: [] }));
  return [{ ...project, applications }, ...[...new Set(named)].sort().map((name) => environmentProject(project, name))];
}

/** An application, and what it says of one environment. */
interface Member {
  readonly application: Application;
  readonly environment: ApplicationEnvironment;
}

function environmentProject(project: Project, name: string): Project {
  const members = project.applications.flatMap((application): readonly Member[] => {
    const environment = application.environments.find((candidate) => candidate.name === name);
    return environment ? [{ application, environment }] : [];
  });
  const together = new Set(members.map(({ application }) => application.name));
  const applications = members.map((member) => applicationIn(member, together));
  const used = new Set(applications.flatMap(({ uses }) => uses));
  return {
    name: environmentProjectName(project.name, name),
    environmentOf: { project: project.name, name },
    applications,
    databases: project.databases.filter((database) => used.has(database.name)),
    quota: project.quota,
    secretSync: project.secretSync,
  };
}

/** The project itself makes or adopts the repository and closes its branches; an environment only uses it. */
const usedRepository = applicationSchema.shape.repository.parse(undefined);

function applicationIn({ application, environment }: Member, together: ReadonlySet<string>): Application {
  const { branch, hash, domains, replicas, env, databases, rotation } = environment;
  return {
    ...application,
    git: { ...application.git, branch, hash },
    repository: usedRepository,
    ...{ domains, replicas },
    env: { ...application.env, ...env },
    rotation: rotation ?? application.rotation,
    uses: databases ?? application.uses,
    calls: application.calls.filter((name) => together.has(name)),
    environments: [],
  };
}
