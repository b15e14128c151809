import { z } from "zod";
import { application } from "../model/application";
import type { Build } from "../model/build";
import type { Problem } from "../model/input-error";
import type { PlatformOutputs } from "../model/platform-outputs";
import { buildDemand, buildQuota, type QuotaAmount } from "../model/project-quota";
import { formatBytes, formatCpu, quantity } from "../model/quantity";
import { at } from "./claims";
import type { YamlDocument } from "./yaml-nodes";

const soundBuild = z.object({ build: application.shape.build.optional().catch(undefined) });
const soundParts = z
  .object({ applications: z.array(soundBuild.catch({ build: undefined })).catch([]) })
  .catch({ applications: [] });

/** A problem of one build, at a place below it. */
interface Complaint extends Pick<Problem, "problem" | "remedy"> {
  readonly path: readonly PropertyKey[];
}

/** What of a build contradicts itself, or can never run on the nodes. */
export function buildProblems(document: YamlDocument, node: PlatformOutputs["node"] | undefined): readonly Problem[] {
  return soundParts.parse(document.value).applications.flatMap(({ build }, index) => {
    if (!build) return [];
    const complaints = [
      ...kanikoComplaints(build),
      ...repetitions(build),
      ...namesTwice(build),
      ...amounts(build, node),
    ];
    return complaints.map(({ path, ...said }) => ({
      ...at({ document, path: ["applications", index, "build", ...path] }),
      ...said,
    }));
  });
}

function kanikoComplaints({ builder, platforms, secrets }: Build): readonly Complaint[] {
  if (builder !== "kaniko") return [];
  const instead = "or use `builder: buildkit`";
  return [
    ...(platforms.length > 1
      ? [{ path: ["platforms"], problem: "kaniko builds for one platform", remedy: `name one, ${instead}` }]
      : []),
    ...(secrets.length > 0
      ? [{ path: ["secrets"], problem: "kaniko has no secrets of builds", remedy: `remove them, ${instead}` }]
      : []),
  ];
}

function repetitions(build: Build): readonly Complaint[] {
  return (["secrets", "paths", "platforms"] as const).flatMap((list) => {
    const texts: readonly string[] = build[list];
    return texts.flatMap((text, place) =>
      texts.indexOf(text) < place
        ? [{ path: [list, place], problem: `"${text}" is there twice`, remedy: "remove one of the two" }]
        : [],
    );
  });
}

/** A Dockerfile that means the secret could then print the argument, and the other way round. */
function namesTwice({ args, secrets }: Build): readonly Complaint[] {
  return secrets.flatMap((name, place) =>
    Object.hasOwn(args, name)
      ? [
          {
            path: ["secrets", place],
            problem: `"${name}" is a build argument too, which anyone who has the image can read`,
            remedy: "remove it from `args`, or choose another name",
          },
        ]
      : [],
  );
}

function amounts(build: Build, node: PlatformOutputs["node"] | undefined): readonly Complaint[] {
  const crossed = crossedLimits(build);
  return crossed.length > 0 || !node ? crossed : neverFits(build, node);
}

function crossedLimits({ resources }: Build): readonly Complaint[] {
  const pairs = [
    ["cpu", "cpuLimit"],
    ["memory", "memoryLimit"],
  ] as const;
  return pairs
    .filter(([request, limit]) => quantity(resources[request]) > quantity(resources[limit]))
    .map(([request, limit]) => ({
      path: ["resources", request],
      problem: `a build requests ${resources[request]}, and may have ${resources[limit]} at most`,
      remedy: `set \`${limit}\` to at least ${resources[request]}, or \`${request}\` to at most ${resources[limit]}`,
    }));
}

/** Amounts of the quota of builds, which `build.resources` calls by the same names. */
const counted = [
  { key: "cpu", format: formatCpu },
  { key: "memory", format: formatBytes },
  { key: "memoryLimit", format: formatBytes },
] as const satisfies readonly {
  readonly key: keyof QuotaAmount & keyof Build["resources"];
  readonly format: unknown;
}[];

/** Argo would wait for room that there never is, and say so only in the Workflow. */
function neverFits(build: Build, node: PlatformOutputs["node"]): readonly Complaint[] {
  const [quota, demand] = [buildQuota(node), buildDemand(build)];
  return counted
    .filter(({ key }) => demand[key] > quota[key])
    .map(({ key, format }) => ({
      path: ["resources", key],
      problem:
        `a build takes ${format(demand[key])} with what Argo runs beside it, and all builds of a project together may have ` +
        `${format(quota[key])} (half of a node${key === "memoryLimit" ? ", twice" : ""})`,
      remedy: `lower it by ${format(demand[key] - quota[key])}, or correct \`idp:node\` of the platform`,
    }));
}
