import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readClusterFiles } from "../../inputs/cluster-files";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError, problemLine } from "../../model/input-error";
import { ClusterFolder } from "../support/cluster-folder";

function problems(text: string): readonly string[] {
  try {
    parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(text) });
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(problemLine);
    throw error;
  }
}

describe("configuration of a stack", () => {
  it("has the keys that Pulumi knows beside it", () => {
    const keys = ["secretsprovider: passphrase", "encryptedkey: x", "encryptionsalt: v1:x", "environment: [a]"];
    assert.deepEqual(problems([...keys, "config: {idp:role: vault}", ""].join("\n")), []);
  });

  it("is refused with a key that Pulumi does not know, which would be lost in silence", () => {
    assert.deepEqual(problems("encryptionsalt: v1:x\nconfg:\n  idp:role: vault\nother: 1\n"), [
      "Pulumi.homelab.yaml:2:1: confg: is not a known key; did you mean `config`?",
      "Pulumi.homelab.yaml:4:1: other: is not a known key; " +
        "remove it, or use one of config, secretsprovider, encryptedkey, encryptionsalt, environment",
    ]);
  });

  it("is refused with a key that stands there with its namespace and without", () => {
    const same = "is the same key as";
    assert.deepEqual(problems("config:\n  domain: a.example\n  idp:role: platform\n  idp:domain: b.example\n"), [
      `Pulumi.homelab.yaml:4:3: idp:domain: ${same} \`domain\` above; keep one of the two`,
    ]);
    assert.deepEqual(problems("config:\n  idp:domain: a.example\n  domain: b.example\n"), [
      `Pulumi.homelab.yaml:3:3: domain: ${same} \`idp:domain\` above; keep one of the two`,
    ]);
  });
});

describe("files of the stacks", () => {
  let folder: ClusterFolder;
  beforeEach(() => {
    folder = new ClusterFolder({ "Pulumi.homelab.yaml": "config: {}\n" });
  });
  afterEach(() => {
    folder.dispose();
  });

  const read = () => {
    const { stackFiles, problems: found } = readClusterFiles(folder.path);
    return { files: stackFiles.map(({ file }) => file), problems: found.map(problemLine) };
  };

  it("are read by name, by a link inside of the repository too", () => {
    symlinkSync("Pulumi.homelab.yaml", join(folder.path, "Pulumi.alias.yaml"));
    assert.deepEqual(read(), { files: ["Pulumi.alias.yaml", "Pulumi.homelab.yaml"], problems: [] });
  });

  it("are one problem each where they cannot be read, and the rest is read", () => {
    mkdirSync(join(folder.path, "Pulumi.folder.yaml"));
    symlinkSync("nowhere", join(folder.path, "Pulumi.broken.yaml"));
    symlinkSync("/etc/hostname", join(folder.path, "Pulumi.outside.yaml"));
    execFileSync("mkfifo", [join(folder.path, "Pulumi.pipe.yaml")]);
    folder.write("Pulumi.large.yaml", "#".repeat(1024 * 1024));
    assert.deepEqual(read(), {
      files: ["Pulumi.homelab.yaml"],
      problems: [
        "Pulumi.broken.yaml: cannot be read (ENOENT); repair or remove it",
        "Pulumi.folder.yaml: is a folder; put the configuration of the stack here as a file, or remove it",
        "Pulumi.large.yaml: has 1024 KiB, and 256 KiB are read at most; split it, or move out what does not belong into it",
        "Pulumi.outside.yaml: is a symbolic link that leads out of the folder; put the file itself here, so that a review sees what it says",
        "Pulumi.pipe.yaml: is no regular file; replace it by one, or remove it",
      ],
    });
  });
});
