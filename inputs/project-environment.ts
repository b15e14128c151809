import { z } from "zod";
import { environmentName } from "../model/application-scalars";
import { databaseVariables } from "../model/environment";
import type { Problem } from "../model/input-error";
import { serviceNameText } from "../model/project-scalars";
import { at, type Claim, place, repeated } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

const anyMap = z.record(z.string(), z.unknown()).catch({});
const soundNames = z.array(serviceNameText.optional().catch(undefined)).catch([]);
const soundParts = z
  .object({
    applications: z.array(z.object({ env: anyMap, secrets: anyMap, uses: soundNames }).partial().catch({})).catch([]),
  })
  .catch({ applications: [] });

type SoundApplication = z.infer<typeof soundParts>["applications"][number];

/** Variables that an application would get twice: from `env`, from `secrets` and from the databases that it uses. */
export function environmentProblems(document: YamlDocument): readonly Problem[] {
  const { applications } = soundParts.parse(document.value);
  return applications.flatMap((application, index) =>
    repeated([...databaseClaims(document, application, index), ...ownClaims(document, application, index)]).map(
      ({ claim, first }) => ({
        ...at(claim),
        problem: `"${claim.text}" is already set by ${place(first)}`,
        remedy: "choose another name, or remove one of the two",
      }),
    ),
  );
}

/** First, since their names are not for the person to choose. */
function databaseClaims(document: YamlDocument, { uses = [] }: SoundApplication, index: number): readonly Claim[] {
  return uses.flatMap((database, entry) => {
    if (database === undefined || uses.indexOf(database) < entry) return [];
    const path = ["applications", index, "uses", entry];
    return Object.values<string>({ ...databaseVariables(database) }).map((name) => claim(document, path, name));
  });
}

function ownClaims(document: YamlDocument, application: SoundApplication, index: number): readonly Claim[] {
  return (["env", "secrets"] as const).flatMap((list) =>
    Object.keys(application[list] ?? {})
      .filter((name) => environmentName.safeParse(name).success)
      .map((name) => claim(document, ["applications", index, list, name], name)),
  );
}

function claim(document: YamlDocument, path: readonly PropertyKey[], text: string): Claim {
  return { document, path, text, key: text };
}
