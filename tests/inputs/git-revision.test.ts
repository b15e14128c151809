import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { readClusterFiles } from "../../inputs/cluster-files";
import { readClusterFilesAt } from "../../inputs/git-revision";
import { RevisionError } from "../../inputs/revision-error";
import { InputError } from "../../model/input-error";
import { ClusterFolder } from "../support/cluster-folder";

describe("files of a git revision", () => {
  let folder: ClusterFolder;
  beforeEach(() => {
    folder = new ClusterFolder();
    folder.write("projects/.hidden.yaml", "x");
    folder.write("projects/README.md", "x");
    folder.write("projects/bytes.yaml", "# \u00fc\n\n");
    folder.commit();
  });
  afterEach(() => {
    folder.dispose();
  });

  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
  const listed = (files: readonly { readonly file: string; readonly bytes: Uint8Array }[]) =>
    files.map(({ file, bytes }) => [file, text(bytes)]);

  it("are those of the working tree when nothing changed", () => {
    const [now, then] = [readClusterFiles(folder.path), readClusterFilesAt(folder.path, "main")];
    assert.deepEqual(listed(then.stackFiles), listed(now.stackFiles));
    assert.deepEqual(listed(then.projectFiles("projects").files), listed(now.projectFiles("projects").files));
    assert.deepEqual(then.projectFiles("projects").problems, []);
    assert.equal(then.projectFiles("projects").files.length, 2);
  });

  it("are those of then, whatever the working tree holds", () => {
    folder.write("projects/shop.yaml", "changed");
    folder.remove("Pulumi.homelab.yaml");
    const then = readClusterFilesAt(folder.path, "HEAD");
    assert.ok(then.stackFiles.some(({ file }) => file === "Pulumi.homelab.yaml"));
    assert.ok(then.projectFiles("projects").files.every(({ bytes }) => text(bytes) !== "changed"));
  });

  it("are none where the folder did not exist", () => {
    const { files, problems } = readClusterFilesAt(folder.path, "main").projectFiles("others/deep");
    assert.deepEqual([files, problems], [[], []]);
  });

  it("takes a tag, a commit and an ancestor for a revision", () => {
    folder.git("tag", "v1");
    const commit = folder.git("rev-parse", "HEAD").trim();
    folder.write("projects/shop.yaml", "changed");
    folder.commit();
    for (const ref of ["v1", commit, commit.slice(0, 10), "main~1"]) {
      const { files } = readClusterFilesAt(folder.path, ref).projectFiles("projects");
      assert.ok(
        files.every(({ bytes }) => text(bytes) !== "changed"),
        ref,
      );
    }
  });

  it("refuses a symbolic link in the place of a project file, of the folder and of a configuration", () => {
    symlinkSync("/etc/passwd", join(folder.path, "projects", "link.yaml"));
    symlinkSync("projects", join(folder.path, "linked"));
    folder.commit();
    const files = readClusterFilesAt(folder.path, "HEAD");
    const { problems } = files.projectFiles("projects");
    assert.deepEqual(
      problems.map(({ file, problem }) => `${file} ${problem}`),
      ["projects/link.yaml is a symbolic link, which is not followed"],
    );
    assert.throws(() => files.projectFiles("linked"), InputError);
    symlinkSync("/etc/passwd", join(folder.path, "Pulumi.other.yaml"));
    folder.commit();
    assert.throws(() => readClusterFilesAt(folder.path, "HEAD"), InputError);
  });

  it("refuses a file that is too large without reading it", () => {
    folder.write("projects/large.yaml", "#".repeat(1024 * 1024));
    folder.commit();
    const { files, problems } = readClusterFilesAt(folder.path, "HEAD").projectFiles("projects");
    assert.deepEqual(
      problems.map(({ file }) => file),
      ["projects/large.yaml"],
    );
    assert.equal(files.length, 2);
  });

  it("says that git is missing when it is", () => {
    const path = process.env["PATH"] ?? "";
    process.env["PATH"] = folder.path;
    try {
      assert.throws(
        () => readClusterFilesAt(folder.path, "HEAD"),
        new RevisionError("git is not installed, and --against reads the revision with it; install git"),
      );
    } finally {
      process.env["PATH"] = path;
    }
  });
});
