import type { ApplicationPlan, DatabasePlan, ProjectPlan } from "../plan/projects/project-plan";
import type { Page } from "./page";
import { counted, wrap } from "./text-layout";

/** A project in the words of its file. */
export function describeProject(page: Page, project: ProjectPlan): readonly string[] {
  const { title, quiet } = page.palette;
  const count = quiet(`namespace ${project.name}, ${counted(project.component.resources.length, "resource")}`);
  const secrets = project.secrets.length === 0 ? [] : [`generated secrets: ${project.secrets.join(", ")}`];
  return [
    ...wrap(`project ${title(project.name)}: ${count}`, { width: page.width, first: "  ", rest: "      " }),
    ...project.applications.flatMap((application) => entry(page, applicationFacts(page, application))),
    ...project.databases.flatMap((database) => entry(page, databaseFacts(page, database))),
    ...entry(page, secrets),
  ];
}

/** The first line at the margin of the project, the others below it. */
function entry({ width }: Page, facts: readonly string[]): readonly string[] {
  return facts.flatMap((fact, index) =>
    wrap(fact, { width, first: index === 0 ? "    " : "      ", rest: "        " }),
  );
}

function applicationFacts({ palette }: Page, application: ApplicationPlan): readonly string[] {
  const { name, repository, branch, pin, image, port, addresses } = application;
  const commit = pin === null ? "CI decides the commit" : `pinned to ${pin.slice(0, 12)}`;
  return [
    `application ${palette.name(name)}: ${repository}, branch ${branch}, ${commit}`,
    `image ${image}, port ${port}`,
    ...addresses,
  ];
}

function databaseFacts({ palette }: Page, { name, type, version, host, port, size }: DatabasePlan): readonly string[] {
  return [`database ${palette.name(name)}: ${type} ${version}, volume ${size}`, `${host}:${port}`];
}
