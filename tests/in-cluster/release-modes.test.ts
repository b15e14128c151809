import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { movingTag } from "../../model/delivery-names";
import { releaseFile } from "../../model/release-file";
import { commitOf, digestOf, GitOpsRun, someRelease } from "../support/releases/gitops-run";

const newer = { digest: digestOf("b"), commit: commitOf("2"), pushed: someRelease.pushed + 60 };
const path = "apps/shop/api/kustomization.yaml";

const head = [
  "# A release of shop/api writes this file. Whatever else stands in it stops releases, so that no edit is lost.",
  "apiVersion: kustomize.config.k8s.io/v1beta1",
  "kind: Kustomization",
  "resources: [application.yaml]",
  "images:",
  "  - name: harbor.lab.example/shop/api",
];

/** What Argo CD Image Updater 1.2.2 makes of the first file: its own entry of the image, with the tag beside the digest. */
const updated = [...head, `    digest: ${digestOf("c")}`, "    newTag: branch-main", ""].join("\n");

describe("program release, by mode", () => {
  let gitOps: GitOpsRun;
  let tags: string;

  beforeEach(() => {
    gitOps = new GitOpsRun();
    tags = join(gitOps.folder, "tags");
    mkdirSync(tags);
    writeFileSync(join(tags, "shop.api"), movingTag("main"));
  });

  afterEach(() => {
    gitOps.remove();
  });

  const restart = (change = {}, more = {}) => gitOps.release(change, { MODE: "restart", TAGS: tags, ...more });

  describe("image-updater", () => {
    const release = (change = {}, more = {}) => gitOps.release(change, { MODE: "image-updater", ...more });

    it("writes the first file, with the image alone, and leaves it to the updater from then on", async () => {
      assert.equal((await release()).outcome, "released");
      assert.equal(gitOps.file(), [...head, `    digest: ${digestOf("a")}`, ""].join("\n"));
      const { code, outcome, description } = await release(newer);
      assert.deepEqual([code, outcome, description], [0, "left", "left to Argo CD Image Updater"]);
      assert.deepEqual(gitOps.subjects, ["release shop/api 1111111 (sha256:aaaaaaaaaaaa...)"]);
    });

    it("leaves alone whatever stands in the file", async () => {
      for (const text of [updated, "replicas: []\n", releaseFile(someRelease)]) {
        gitOps.repository.commit({ files: { [path]: text } });
        assert.equal((await release(newer)).outcome, "left");
        assert.equal(gitOps.file(), text);
      }
    });

    it("writes nothing where the application is held at another commit", async () => {
      assert.equal((await release({}, { PINNED: commitOf("3") })).outcome, "pinned");
      assert.equal(gitOps.file(), "");
    });

    it("gives way to another mode: a release by digest takes over what the updater has written", async () => {
      gitOps.repository.commit({ files: { [path]: updated } });
      assert.equal((await gitOps.release(newer)).outcome, "released");
      assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...newer }));
    });
  });

  describe("restart", () => {
    const tagged = (tag: string) => [...head, `    newTag: ${tag}`, ""].join("\n");

    it("names the tag once, and then has nothing to write", async () => {
      assert.equal((await restart()).outcome, "released");
      assert.equal(gitOps.file(), tagged("branch-main"));
      const { outcome, description } = await restart(newer);
      assert.deepEqual([outcome, description], ["unchanged", "the released tag means this image now"]);
      assert.deepEqual(gitOps.subjects, ["release shop/api 1111111 (branch-main)"]);
    });

    it("follows the branch to another one", async () => {
      await restart();
      const tag = movingTag("feature/login");
      writeFileSync(join(tags, "shop.api"), tag);
      assert.equal((await restart(newer)).outcome, "released");
      assert.equal(gitOps.file(), tagged(tag));
    });

    it("takes over from a release by digest, and gives back to it", async () => {
      await gitOps.release();
      assert.equal((await restart(newer)).outcome, "released");
      assert.equal(gitOps.file(), tagged("branch-main"));
      assert.equal((await gitOps.release(newer)).outcome, "released");
      assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...newer }));
    });

    it("loses no edit of a person", async () => {
      gitOps.repository.commit({ files: { [path]: "replicas: []\n" } });
      const { code, sentence } = await restart();
      assert.equal(code, 1);
      assert.match(sentence, /a person has edited apps\/shop\/api\/kustomization\.yaml/);
    });

    it("T30: takes no tag but that of a branch, whatever stands in its place", async () => {
      const hostile = ["", "latest", "branch-$(id)", "branch-a\nb: c", "branch-a b", 'branch-"', "main", commitOf("1")];
      for (const tag of hostile) {
        writeFileSync(join(tags, "shop.api"), tag);
        const { code, sentence } = await restart();
        assert.equal(code, 1, JSON.stringify(tag));
        assert.match(sentence, /its tag is not that of a branch$/);
      }
      const { code, sentence } = await restart({ application: "web" });
      assert.equal(code, 1);
      assert.match(sentence, /it has no tag yet; `pulumi up` of the projects stack gives it one$/);
      assert.deepEqual(gitOps.subjects, []);
    });
  });

  it("knows no other mode", async () => {
    const { code, sentence } = await gitOps.release({}, { MODE: "force" });
    assert.equal(code, 1);
    assert.match(sentence, /MODE is none that this script knows$/);
  });
});
