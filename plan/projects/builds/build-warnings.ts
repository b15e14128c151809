import type { Build } from "../../../model/build";
import { images } from "../../../model/images";
import type { ApplicationScope } from "../delivery/application-scope";

/** What a person should know of an application's builds: one sentence each, and what to do about it. */
export function buildWarnings({ project, application }: ApplicationScope): readonly string[] {
  const { build } = application;
  const said = [
    ...dockerfileWarnings(build),
    ...maintenanceWarnings(build),
    ...imageWarnings(build),
    ...emulatorWarnings(build),
  ];
  return said.map((text) => `${project.name}/${application.name}: ${text}`);
}

/** With other tools a Dockerfile is named from the repository's root. */
function dockerfileWarnings(build: Build): readonly string[] {
  const [context, dockerfile] = [parts(build.context), parts(build.dockerfile)];
  const isRepeated = context.length > 0 && context.every((part, index) => dockerfile[index] === part);
  if (!isRepeated) return [];
  const place = [...context, ...dockerfile].join("/");
  const meant = dockerfile.slice(context.length).join("/") || "Dockerfile";
  return [
    `its Dockerfile is looked for at ${place}, since \`build.dockerfile\` starts from \`build.context\`; unless it is there, ` +
      `write \`dockerfile: ${meant}\``,
  ];
}

function parts(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function maintenanceWarnings({ builder }: Build): readonly string[] {
  if (builder !== "kaniko") return [];
  return [
    "is built by kaniko, which nobody maintains any more, as root in its container; `builder: buildkit` needs no root",
  ];
}

/** Of each builder: which one there is besides, and what the name of an image says that its steps can run in. */
const builderImages = {
  buildkit: { other: "kaniko", mark: "rootless", reason: "builds get no root" },
  kaniko: { other: "buildkit", mark: "debug", reason: "builds need its shell" },
} as const satisfies Readonly<Record<Build["builder"], unknown>>;

/** Only the name of an image is known here, and of one without a tag not even all of that. */
function imageWarnings({ builder, image }: Build): readonly string[] {
  if (image === undefined) return [];
  const { other, mark, reason } = builderImages[builder];
  const example = `${images[builder].repository}:${images[builder].tag}`;
  const [name = ""] = image.split("@");
  if (name.includes(other) && !name.includes(builder)) {
    return [
      `${image} seems to be an image of ${other}, and \`builder: ${builder}\` cannot run in it; name one such as ${example}, ` +
        `or set \`builder: ${other}\``,
    ];
  }
  const hasTag = name.split("/").at(-1)?.includes(":") === true;
  if (!hasTag || name.includes(mark)) return [];
  return [`${image} does not say \`${mark}\`, and ${reason}; name an image such as ${example}`];
}

/** A single platform may be the node's own, which the plan does not know; of several, one is not. */
function emulatorWarnings({ platforms }: Build): readonly string[] {
  if (platforms.length < 2) return [];
  return [
    `is built for ${platforms.join(", ")}; a platform that is not the node's own needs QEMU on the node (docs/pipeline.md)`,
  ];
}
