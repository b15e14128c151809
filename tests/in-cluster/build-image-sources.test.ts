import assert from "node:assert/strict";
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BuilderName, ImageRun } from "../support/image/image-run";

for (const builder of ["buildkit", "kaniko"] as const satisfies readonly BuilderName[])
  describe(`what is built, by ${builder}`, () => {
    let run: ImageRun;
    let sources: string;

    beforeEach(() => {
      run = new ImageRun(builder);
      sources = realpathSync(run.workspace);
    });

    afterEach(() => {
      run.remove();
    });

    /** The folder and the Dockerfile that the builder was told. */
    const told = () => {
      const value = (start: string) => (run.args ?? []).find((arg) => arg.startsWith(start))?.slice(start.length);
      if (builder === "kaniko") return [value("--context=dir://"), value("--dockerfile=")];
      return [value("context="), `${value("dockerfile=") ?? ""}/${value("filename=") ?? ""}`];
    };

    const refuses = async (variables: Record<string, string>, sentence: string) => {
      const { code, err } = await run.run(variables);
      assert.deepEqual([code, err, run.args, run.digest], [1, `${sentence}\n`, undefined, undefined]);
    };

    const outside = (path: string) =>
      `"${path}" is missing in the repository or leads out of it; correct build.context and build.dockerfile`;

    it("is a folder of the repository, with the Dockerfile from there", async () => {
      run.write("services/api/docker/Dockerfile.api", "FROM scratch");
      await run.run({ CONTEXT: "services/api", DOCKERFILE: "docker/Dockerfile.api" });
      assert.deepEqual(told(), [`${sources}/services/api`, `${sources}/services/api/docker/Dockerfile.api`]);
    });

    it("may have odd names", async () => {
      for (const name of ["--opt", "a b", "$(touch x)", "-", "x=y", "'\"", "ü"]) {
        run.write(`${name}/${name}`, "FROM scratch");
        const { code, err } = await run.run({ CONTEXT: name, DOCKERFILE: name });
        assert.deepEqual([code, err, ...told()], [0, "", `${sources}/${name}`, `${sources}/${name}/${name}`]);
      }
    });

    it("may be a link inside the repository", async () => {
      run.write("real/Dockerfile.real", "FROM scratch");
      symlinkSync("real", join(sources, "link"));
      symlinkSync("Dockerfile.real", join(sources, "real", "Dockerfile"));
      await run.run({ CONTEXT: "link" });
      assert.deepEqual(told(), [`${sources}/real`, `${sources}/real/Dockerfile.real`]);
    });

    it("is nothing that a link leads to outside of the repository", async () => {
      const passwords = join(run.folder, "passwords");
      mkdirSync(passwords);
      writeFileSync(join(passwords, "Dockerfile"), "canary");
      // Beside the sources, with a name that starts like theirs.
      mkdirSync(`${sources}-2`);
      symlinkSync(passwords, join(sources, "link"));
      symlinkSync(join(passwords, "Dockerfile"), join(sources, "Containerfile"));
      symlinkSync(`${sources}-2`, join(sources, "sibling"));
      symlinkSync("loop", join(sources, "loop"));
      await refuses({ CONTEXT: "link" }, outside("link"));
      await refuses({ DOCKERFILE: "Containerfile" }, outside("./Containerfile"));
      await refuses({ DOCKERFILE: "link/Dockerfile" }, outside("./link/Dockerfile"));
      await refuses({ CONTEXT: "sibling" }, outside("sibling"));
      await refuses({ CONTEXT: "loop" }, outside("loop"));
    });

    it("is nothing above the repository, and nothing that is missing", async () => {
      await refuses({ CONTEXT: ".." }, outside(".."));
      await refuses({ DOCKERFILE: "../results" }, outside("./../results"));
      await refuses({ CONTEXT: "/etc" }, '"/etc" of the repository is no folder; correct build.context');
      await refuses({ CONTEXT: "Dockerfile" }, '"Dockerfile" of the repository is no folder; correct build.context');
      await refuses({ DOCKERFILE: "none" }, '"none" is no file; correct build.dockerfile');
      await refuses({ DOCKERFILE: "none/none" }, outside("./none/none"));
      await refuses({ DOCKERFILE: "" }, '"" is no file; correct build.dockerfile');
    });

    it("goes to an image whose name and tags are such", async () => {
      const repository = (text: string) => `"${text}" is no repository; give registry and path, without a tag`;
      for (const text of ["", "a,push=false", 'a"b', "a b", "A", "--x", "$(x)"]) {
        await refuses({ IMAGE: text }, repository(text));
        await refuses({ CACHE: text }, repository(text));
      }
      await refuses({ IMAGE: "a\nb" }, repository("a b"));
      for (const text of ["", "main", "A".repeat(40), "a".repeat(41)])
        await refuses({ TAG: text }, `"${text}" is no commit; give the 40 hexadecimal digits of one`);
      for (const text of ["a,b", "-x", ".x", "a b", "$(x)"])
        await refuses({ MOVING_TAG: text }, `"${text}" is no tag; use letters, digits, "_", "." and "-"`);
    });
  });
