import type {
  ApplicationPlan,
  DatabasePlan,
  ProjectPlan,
  RepositoryPlan,
  VaultSecretPlan,
} from "../plan/projects/project-plan";
import { buildTexts } from "./describe-build";
import { repositoryModeText } from "./describe-repository";
import type { Page } from "./page";
import { counted, unbroken, wrap } from "./text-layout";

/** A project in the words of its file. */
export function describeProject(page: Page, project: ProjectPlan): readonly string[] {
  const { title, quiet } = page.palette;
  const namespaces = `namespaces ${project.namespaces.join(", ")}`;
  const count = quiet([namespaces, counted(project.component.resources.length, "resource")].map(unbroken).join(", "));
  const secrets = project.secrets.length === 0 ? [] : [`generated secrets: ${project.secrets.join(", ")}`];
  return [
    ...wrap(`project ${title(project.name)}${environmentText(project)}: ${count}`, {
      width: page.width,
      first: "  ",
      rest: "      ",
    }),
    ...project.applications.flatMap((application) => entry(page, applicationFacts(page, application))),
    ...project.databases.flatMap((database) => entry(page, databaseFacts(page, database))),
    ...project.repositories.flatMap((repository) => entry(page, repositoryFacts(page, repository))),
    ...entry(page, project.component.about === undefined ? [] : [project.component.about]),
    ...entry(page, secrets),
    ...entry(page, vaultFacts(project.vaultSecrets)),
  ];
}

function environmentText({ environmentOf }: ProjectPlan): string {
  return environmentOf ? ` (environment ${environmentOf.name} of ${environmentOf.project})` : "";
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
    ...buildTexts(application),
    ...addresses,
  ];
}

function databaseFacts({ palette }: Page, { name, type, version, host, port, size }: DatabasePlan): readonly string[] {
  return [`database ${palette.name(name)}: ${type} ${version}, volume ${size}`, `${host}:${port}`];
}

function repositoryFacts({ palette }: Page, { name, mode, webhook }: RepositoryPlan): readonly string[] {
  const hook = webhook === null ? "no webhook, since the cluster has no public host for them" : `webhook ${webhook}`;
  return [`repository ${palette.name(name)}: ${repositoryModeText[mode]}`, hook];
}

/** Below each path its keys; the value of none is known here. */
function vaultFacts(secrets: readonly VaultSecretPlan[]): readonly string[] {
  if (secrets.length === 0) return [];
  const writer = { pulumi: "", person: ", entered by a person" } as const;
  return [
    "Vault secrets:",
    ...secrets.map((secret) => `${secret.mount}/${secret.path}: ${secret.keys.join(", ")}${writer[secret.writer]}`),
  ];
}
