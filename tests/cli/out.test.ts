import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { manifestFiles } from "../../cli/manifest-files";
import { InputError } from "../../model/input-error";
import type { PlannedGitHubFile } from "../../plan/planned-github";
import { at } from "../support/at";
import { ClusterFolder, exampleFiles } from "../support/cluster-folder";
import { aConfigMap, aNamespace, aRelease, aSecret, clusterOf } from "../support/plans";

const aFile: PlannedGitHubFile = {
  kind: "github-file",
  name: "shop.api.application-file",
  ...{ owner: "myorg", repository: "projects-gitops", branch: "main", path: "a.yaml" },
  ...{ content: "", message: "describe shop/api" },
};

describe("files of --out", () => {
  it("has one file per object by namespace, and two per release outside of the manifests", () => {
    const files = manifestFiles(clusterOf(aNamespace("shop"), aConfigMap("settings"), aRelease()));
    assert.deepEqual(
      files.map(({ path }) => path),
      [
        "manifests/_cluster/namespace-shop.yaml",
        "manifests/shop/configmap-settings.yaml",
        "charts/harbor/release.yaml",
        "charts/harbor/values.yaml",
      ],
    );
    assert.deepEqual(parse(files[2]?.content ?? ""), {
      name: "harbor",
      namespace: "harbor",
      repository: "https://helm.goharbor.io",
      chart: "harbor",
      version: "1.19.1",
    });
  });

  it("T17: holds marks in the place of secrets, so that it may be written anywhere", () => {
    const files = manifestFiles(clusterOf(aSecret(), aRelease()));
    const [secret, , values] = files.map(({ content }): unknown => parse(content));
    assert.equal(at(secret, "stringData", "password"), "<secret shop-mysql-password>");
    assert.equal(at(values, "harborAdminPassword"), "<secret harbor-admin-password>");
  });

  it("quotes what YAML 1.1 would not read as text", () => {
    const [file] = manifestFiles(clusterOf(aConfigMap("a", { a: "on", b: "12:30", c: "0777", d: "1e3", e: "x" })));
    assert.match(file?.content ?? "", /a: "on"\n {2}b: "12:30"\n {2}c: "0777"\n {2}d: "1e3"\n {2}e: x\n$/);
  });

  it("has the files of the GitOps repository as they are, by their path there", () => {
    const content = "# a\n---\na: on\n";
    const file = { ...aFile, path: "apps/shop/api/application.yaml", content };
    assert.deepEqual(manifestFiles(clusterOf(file)), [{ path: "gitops/apps/shop/api/application.yaml", content }]);
    const outside = manifestFiles(clusterOf({ ...aFile, path: "../../a:b" })).map(({ path }) => path);
    assert.deepEqual(outside, ["gitops/_../_../a_b"]);
  });

  it("makes safe file names, and refuses two objects of one file", () => {
    const paths = manifestFiles(clusterOf(aConfigMap("../a:b"))).map(({ path }) => path);
    assert.deepEqual(paths, ["manifests/shop/configmap-.._a_b.yaml"]);
    assert.throws(
      () => manifestFiles(clusterOf(aConfigMap("a:b"), aConfigMap("a/b"))),
      (error) => error instanceof InputError && error.message.includes("configmap-a_b.yaml: is claimed by"),
    );
  });
});

describe("folder of --out", () => {
  let folder: ClusterFolder;
  beforeEach(() => {
    folder = new ClusterFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  const written = () => readdirSync(join(folder.path, "out"), { recursive: true, encoding: "utf8" }).sort();

  it("gets the files of every stack below its name", () => {
    const { code, stderr } = folder.plan(["--out", "out"]);
    assert.equal(code, 0);
    assert.match(stderr, /^Wrote \d+ files to out\.\n$/);
    const files = written();
    assert.ok(files.includes("homelab/charts/harbor/values.yaml"));
    assert.ok(files.includes("homelab/manifests/_cluster/namespace-harbor.yaml"));
    assert.ok(files.includes("homelab-projects/manifests/shop/statefulset-mysql.yaml"));
    assert.ok(files.includes("homelab-projects/gitops/apps/shop/api/application.yaml"));
  });

  it("has no stack's name in front when there is one stack only", () => {
    folder.plan(["--stack", "homelab-projects", "--out", "out"]);
    assert.ok(written().includes("manifests/shop/statefulset-mysql.yaml"));
    assert.ok(written().includes("gitops/apps/shop/api/application.yaml"));
  });

  it("leaves standard output to the JSON", () => {
    const { stdout } = folder.plan(["--json", "--out", "out"]);
    assert.equal(at(JSON.parse(stdout), "version"), 1);
  });

  it("loses its stale files at the next run, and keeps files of others", () => {
    folder.plan(["--out", "out"]);
    folder.write("out/homelab/mine.txt", "mine");
    folder.write("projects/shop.yaml", "applications: []\n");
    assert.equal(folder.plan(["--out", "out"]).code, 0);
    const files = written();
    assert.ok(!files.includes("homelab-projects/manifests/shop/statefulset-mysql.yaml"));
    assert.ok(!files.some((file) => file.startsWith("homelab-projects/gitops")));
    assert.ok(files.includes("homelab/mine.txt"));
    assert.ok(files.includes("homelab/charts/harbor/values.yaml"));
  });

  it("is refused when it holds files of others", () => {
    folder.write("out/mine.txt", "mine");
    const { code, stderr } = folder.plan(["--out", "out"]);
    assert.equal(code, 2);
    assert.match(stderr, /out holds files that this program did not write/);
    assert.deepEqual(written(), ["mine.txt"]);
  });

  it("is refused when a file of others is where one of ours belongs", () => {
    folder.plan(["--out", "out"]);
    folder.write("out/.idp-plan", "");
    const { code, stderr } = folder.plan(["--out", "out"]);
    assert.equal(code, 2);
    assert.match(stderr, /holds files of others where new ones belong/);
  });

  it("is refused when it is a file", () => {
    folder.write("out", "");
    const { code, stderr } = folder.plan(["--out", "out"]);
    assert.equal(code, 2);
    assert.match(stderr, /out is not a folder/);
  });

  it("is made with the folders above it", () => {
    assert.equal(folder.plan(["--out", "a/b/../c/"]).code, 0);
    assert.ok(existsSync(join(folder.path, "a", "c", "homelab", "manifests")));
  });

  it("is refused where the system makes no folder, even for ever", () => {
    for (const directory of ["/proc/idp-plan", "/proc/idp-plan/deep"]) {
      const { code, stderr } = folder.plan(["--out", directory]);
      assert.equal(code, 2);
      assert.match(stderr, /cannot write \/proc\/idp-plan/);
    }
  });

  it("is refused below a file and below a link to nowhere", () => {
    folder.write("file", "");
    symlinkSync("nowhere", join(folder.path, "broken"));
    for (const directory of ["file/out", "broken/out"]) {
      const { code, stderr } = folder.plan(["--out", directory]);
      assert.equal(code, 2);
      assert.match(stderr, new RegExp(`cannot write \\S*${directory}: E`));
    }
    assert.ok(!existsSync(join(folder.path, "nowhere")));
  });

  it("leads nowhere else by symbolic links", () => {
    const outside = new ClusterFolder({ ...exampleFiles, "keep.yaml": "keep" });
    symlinkSync(outside.path, join(folder.path, "link"));
    assert.equal(folder.plan(["--out", "link"]).code, 2);
    mkdirSync(join(folder.path, "out"));
    folder.write("out/.idp-plan", "homelab/keep.yaml\n../keep.yaml\n");
    symlinkSync(outside.path, join(folder.path, "out", "homelab"));
    assert.equal(folder.plan(["--out", "out"]).code, 2);
    assert.equal(readFileSync(join(outside.path, "keep.yaml"), "utf8"), "keep");
    assert.ok(!existsSync(join(outside.path, "charts")));
    outside.dispose();
  });
});
