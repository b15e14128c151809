import { z } from "zod";
import { images } from "./images";

/** Path that stays inside a folder. It stands in no shell line, but people read it. */
function pathBelow(folder: string, advice: string) {
  return z
    .string()
    .regex(/^[A-Za-z0-9._@+-][A-Za-z0-9._@+/-]{0,254}$/, advice)
    .refine((path) => !/(^|\/)\.\.(\/|$)/.test(path), `use a path that stays inside ${folder}, without \`..\``);
}

const pathLetters = "of letters, digits, `.`, `_`, `@`, `+`, `-` and `/`, without blanks";

export const contextPath = pathBelow(
  "the repository",
  `use a folder from the repository's root, such as \`services/api\`, ${pathLetters}`,
);

/** Nothing is looked for at the repository's root, as `docker build -f` would. */
export const dockerfilePath = pathBelow(
  "the folder `build.context`",
  `use a path from the folder \`build.context\`, such as \`Dockerfile\` or \`docker/Dockerfile\`, ${pathLetters}`,
);

/** A file, or a folder with a `/` at its end; a name without one counts for both. */
export const triggerPath = pathBelow(
  "the repository",
  `use a file or a folder from the repository's root, such as \`api/\`, ${pathLetters}; \`*\` means nothing here`,
);

/** Source: https://docs.docker.com/reference/dockerfile/#from */
export const stageName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/, "use the name of a stage, such as `production`");

/** Source: https://docs.docker.com/reference/dockerfile/#arg */
export const buildArgumentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, "use letters, digits and `_`, with no digit first");

/** With its registry and a tag or digest, so that it means the same image everywhere. */
function imageReference(example: string) {
  return z
    .string()
    .regex(
      /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:(?!latest(@|$))[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/,
      `use registry, repository and an exact tag or digest, such as \`${example}\``,
    );
}

export const testImageExample = "docker.io/library/node:24.19.0";

export const testImage = imageReference(testImageExample);

export const builderImage = imageReference(`${images.buildkit.repository}:${images.buildkit.tag}`);

/** Source: https://docs.docker.com/build/building/multi-platform/ */
export const platformName = z
  .string()
  .regex(
    /^linux\/(amd64|arm64|arm\/v[67]|386|ppc64le|s390x|riscv64)$/,
    "use a platform such as `linux/amd64` or `linux/arm64`",
  );

/** One command line of a POSIX shell. */
export const commandText = z
  .string()
  .min(1, "use a command, such as `npm test`")
  .max(4000, "use at most 4000 characters; a longer one belongs into a script of the repository")
  .refine((text) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), "use text without control characters")
  .refine((text) => !text.includes("{{"), "use no `{{`, which Argo Workflows takes for a variable of its own");
