import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { programs } from "../../../plan/program-files";
import { type Ended, runScript, type Shell } from "../git/run-script";

export type BuilderName = "buildkit" | "kaniko";

/** What the stand-in of a builder does. */
export interface Behaviour {
  readonly code?: number;
  /** What it prints. */
  readonly says?: string;
  /** The digest that it tells of; empty: none. */
  readonly digest?: string;
}

export const digest = `sha256:${"d".repeat(64)}`;
export const commit = "a".repeat(40);

/** One run of a script that builds an image, with a stand-in of its builder, in folders as its pod would have them. */
export class ImageRun {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-image-"));
  readonly workspace = this.#made("workspace");
  readonly results = this.#made("results");
  readonly scratch = this.#made("scratch");
  readonly #bin = this.#made("bin");

  constructor(readonly builder: BuilderName) {
    this.write("Dockerfile", "FROM scratch\n");
  }

  run(variables: Readonly<Record<string, string>> = {}, behaviour: Behaviour = {}, shell?: Shell): Promise<Ended> {
    this.#settle(behaviour);
    const folders = { TMPDIR: this.scratch, RESULTS: this.results, WORKSPACE: this.workspace, PATH: this.#bin };
    // kaniko stands at a path of its image, not in a folder that is searched.
    const kaniko = { BUILDER: join(this.#bin, "executor") };
    const own = this.builder === "kaniko" ? kaniko : {};
    const text = this.builder === "kaniko" ? programs.buildImageKaniko : programs.buildImage;
    return runScript(text, { ...usual, ...folders, ...own, ...variables }, shell);
  }

  /** The arguments that the builder got; undefined if it was not run. */
  get args(): readonly string[] | undefined {
    const file = join(this.#bin, "args");
    return existsSync(file) ? readFileSync(file, "utf8").split("\0").slice(0, -1) : undefined;
  }

  /** A variable that the builder got. */
  variable(name: string): string | undefined {
    const lines = readFileSync(join(this.#bin, "env"), "utf8").split("\n");
    return lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  }

  /** The digest that was handed on. */
  get digest(): string | undefined {
    const file = join(this.results, "digest");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.workspace, path)), { recursive: true });
    writeFileSync(join(this.workspace, path), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #settle({ code = 0, says = "", digest: told = digest }: Behaviour): void {
    writeFileSync(join(this.#bin, "says"), says);
    // As buildctl writes it: cmd/buildctl/build.go, writeMetadataFile
    const provenance = { buildType: "x", "containerimage.digest": "sha256:of-something-else" };
    const fields = { "buildx.build.provenance": provenance, "containerimage.digest": told, "image.name": "x" };
    writeFileSync(join(this.#bin, "metadata"), JSON.stringify(fields, null, 2));
    writeFileSync(join(this.#bin, "digest"), told);
    const lines = [
      "#!/bin/sh",
      `printf '%s\\0' "$@" >"${this.#bin}/args"`,
      `env >"${this.#bin}/env"`,
      `cat "${this.#bin}/says" >&2`,
      `[ ${code} -eq 0 ] || exit ${code}`,
      "before=",
      "for each; do",
      `  [ "$before" != --metadata-file ] || cat "${this.#bin}/metadata" >"$each"`,
      `  case $each in --digest-file=*) cat "${this.#bin}/digest" >"\${each#*=}" ;; esac`,
      "  before=$each",
      "done",
    ];
    for (const name of ["buildctl-daemonless.sh", "executor"]) {
      writeFileSync(join(this.#bin, name), `${lines.join("\n")}\n`);
      chmodSync(join(this.#bin, name), 0o755);
    }
  }

  #made(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }
}

/** A line of BUILD_ARGUMENTS. */
export function argument(name: string, value: string): string {
  return `${name} ${Buffer.from(value).toString("base64")}\n`;
}

const usual = {
  ...{ CONTEXT: ".", DOCKERFILE: "Dockerfile", TARGET: "", BUILD_ARGUMENTS: "", SECRETS: "", PLATFORMS: "" },
  ...{ IMAGE: "harbor.example.com/shop/api", TAG: commit, MOVING_TAG: "" },
  ...{ CACHE: "harbor.example.com/shop/api/cache", SOURCE: "https://github.com/myorg/my-api", DOCKER_CONFIG: "/x" },
};
