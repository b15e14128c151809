import { z } from "zod";
import { cpuAmount, environmentName, environmentValue, memoryAmount } from "./application-scalars";
import {
  buildArgumentName,
  builderImage,
  commandText,
  contextPath,
  dockerfilePath,
  platformName,
  stageName,
  testImage,
  testImageExample,
  triggerPath,
} from "./build-scalars";
import { volumeSize } from "./project-scalars";

/** What turns a Dockerfile into an image. */
export const builders = ["buildkit", "kaniko"] as const;

/** What becomes of an image with known vulnerabilities: nothing is looked for, they are told, or they stop the release. */
export const scanModes = ["off", "warn", "enforce"] as const;

/** How bad a vulnerability is, from the least. Source: https://trivy.dev, option `--severity` */
export const severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

/** Characters of all build arguments: Linux hands a program no more than 128 KiB in one variable, and theirs is in base64. */
const argumentLength = 16_384;

const resources = z
  .strictObject({
    cpu: cpuAmount.prefault("500m").describe("requested CPU of a build; it takes more while others leave it"),
    cpuLimit: cpuAmount.prefault("2").describe("CPU that a build never passes"),
    memory: memoryAmount.prefault("512Mi").describe("requested memory of a build"),
    memoryLimit: memoryAmount.prefault("2Gi").describe("memory that a build is stopped at"),
    disk: volumeSize
      .prefault("10Gi")
      .describe("disk of the node that a build is stopped at: sources, layers and cache"),
  })
  .prefault({})
  .describe("what one build takes");

const test = z
  .strictObject({
    image: testImage.describe(`image that the command runs in, such as \`${testImageExample}\``),
    command: commandText.describe(
      "command of a shell, run in the folder of the repository, such as `npm ci && npm test`",
    ),
  })
  .describe("what must succeed before an image is built; absent: nothing");

const scan = z
  .strictObject({
    mode: z
      .enum(scanModes)
      .default("off")
      .describe("`warn` tells of known vulnerabilities, `enforce` releases nothing that has any"),
    severity: z.enum(severities).default("HIGH").describe("the least severity that counts"),
  })
  .prefault({})
  .describe("whether the image is searched for known vulnerabilities");

export const build = z
  .strictObject({
    context: contextPath.prefault(".").describe("folder of the repository that is sent to the builder"),
    dockerfile: dockerfilePath.prefault("Dockerfile").describe("Dockerfile, from the folder `context`"),
    target: stageName.optional().describe("stage of the Dockerfile that is built; absent: the last one"),
    args: z
      .record(buildArgumentName, environmentValue)
      .refine((args) => Object.entries(args).flat().join("").length <= argumentLength, {
        error: `use at most ${argumentLength} characters for all arguments; a larger text belongs into the repository`,
      })
      .default({})
      .describe("build arguments; anyone who has the image can read them, so none may be secret"),
    secrets: z
      .array(environmentName)
      .default([])
      .describe("secrets that a person enters in Vault; a `RUN` sees one by `--mount=type=secret,id=NAME`"),
    paths: z
      .array(triggerPath)
      .default([])
      .describe("files and folders (`api/`) of which one must change for a push to be built; none: any"),
    platforms: z
      .array(platformName)
      .default([])
      .describe("platforms such as `linux/arm64`; none: that of the node; others need an emulator on the node"),
    builder: z
      .enum(builders)
      .default("buildkit")
      .describe("`buildkit` runs without root; `kaniko` is no longer maintained"),
    image: builderImage.optional().describe("another image of the builder; absent: the one that this program pins"),
    resources,
    minutes: z.int().min(1).max(240).default(30).describe("minutes after which test and image are each stopped"),
    test: test.optional(),
    scan,
    sign: z.boolean().default(false).describe("whether the image is signed with the project's key in Vault (cosign)"),
  })
  .prefault({})
  .describe("how the image is built");

export type Build = z.infer<typeof build>;

/**
 * How a new image gets to run: `commit` writes its digest into the GitOps repository; `dispatch` lets a workflow of GitHub do
 * that; `image-updater` leaves it to Argo CD Image Updater; `restart` starts the pods anew on a tag that moves.
 */
export const releaseModes = ["commit", "dispatch", "image-updater", "restart"] as const;

export type ReleaseMode = (typeof releaseModes)[number];

export const release = z
  .strictObject({
    mode: z
      .enum(releaseModes)
      .default("commit")
      .describe("how a new image gets to run (docs/release-modes.md compares them)"),
  })
  .prefault({})
  .describe("how a new image gets to run");
