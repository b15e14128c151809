import { z } from "zod";
import { environmentName } from "../model/application-scalars";
import { databaseVariables } from "../model/environment";
import type { Problem } from "../model/input-error";
import { serviceNameText } from "../model/project-scalars";
import { at, type Claim, place, repeated, type Repetition } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

const anyMap = z.record(z.string(), z.unknown()).catch({});
const soundNames = z.array(serviceNameText.optional().catch(undefined)).catch([]);
const environments = z.array(z.object({ env: anyMap, databases: soundNames }).partial().catch({})).catch([]);
const soundParts = z
  .object({
    applications: z
      .array(z.object({ env: anyMap, secrets: anyMap, uses: soundNames, environments }).partial().catch({}))
      .catch([]),
  })
  .catch({ applications: [] });

type SoundApplication = z.infer<typeof soundParts>["applications"][number];
type SoundEnvironment = z.infer<typeof environments>[number];
type Path = readonly PropertyKey[];

/**
 * Variables that an application would get twice, in its own project or in an environment: from `env`, from `secrets` and
 * from the databases that it uses.
 */
export function environmentProblems(document: YamlDocument): readonly Problem[] {
  const { applications } = soundParts.parse(document.value);
  return applications.flatMap((application, index) => {
    const path = ["applications", index];
    const elsewhere = (application.environments ?? []).map((environment, entry) =>
      claimsThere(document, application, { environment, path, there: [...path, "environments", entry] }),
    );
    return [
      ...repeated(ownClaims(document, application, path)),
      // What the application's own claims clash in is told once.
      ...elsewhere.flatMap((claims) => repeated(claims).filter(isOfEnvironment)),
    ].map(({ claim, first }) => ({
      ...at(claim),
      problem: `"${claim.text}" is already set by ${place(first)}`,
      remedy: "choose another name, or remove one of the two",
    }));
  });
}

function isOfEnvironment({ claim, first }: Repetition): boolean {
  return [claim, first].some(({ path: [, , key] }) => key === "environments");
}

/** Those of databases first, since their names are not for the person to choose. */
function ownClaims(document: YamlDocument, { env, secrets, uses }: SoundApplication, path: Path): readonly Claim[] {
  return [
    ...databaseClaims(document, uses, [...path, "uses"]),
    ...variableClaims(document, env, [...path, "env"]),
    ...variableClaims(document, secrets, [...path, "secrets"]),
  ];
}

/** An environment sets variables anew that `env` of the application sets, which is no clash. */
function claimsThere(
  document: YamlDocument,
  application: SoundApplication,
  { environment, path, there }: { readonly environment: SoundEnvironment; readonly path: Path; readonly there: Path },
): readonly Claim[] {
  const { databases, env = {} } = environment;
  const kept = Object.entries(application.env ?? {}).filter(([name]) => !Object.hasOwn(env, name));
  const common = { env: Object.fromEntries(kept), secrets: application.secrets };
  return [
    ...(databases ? databaseClaims(document, databases, [...there, "databases"]) : []),
    ...ownClaims(document, { ...common, uses: databases ? [] : application.uses }, path),
    ...variableClaims(document, env, [...there, "env"]),
  ];
}

function databaseClaims(
  document: YamlDocument,
  databases: SoundApplication["uses"] = [],
  path: Path,
): readonly Claim[] {
  return databases.flatMap((database, entry) => {
    if (database === undefined || databases.indexOf(database) < entry) return [];
    return Object.values<string>({ ...databaseVariables(database) }).map((name) =>
      claim(document, [...path, entry], name),
    );
  });
}

function variableClaims(document: YamlDocument, variables: object = {}, path: Path): readonly Claim[] {
  return Object.keys(variables)
    .filter((name) => environmentName.safeParse(name).success)
    .map((name) => claim(document, [...path, name], name));
}

function claim(document: YamlDocument, path: Path, text: string): Claim {
  return { document, path, text, key: text };
}
