import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { releaseFile } from "../../model/release-file";
import { shells } from "../support/git/run-script";
import { commitOf, digestOf, GitOpsRun, type Released, someRelease } from "../support/releases/gitops-run";

const path = "apps/shop/api/kustomization.yaml";
const newer = { digest: digestOf("b"), commit: commitOf("2"), pushed: someRelease.pushed + 60 };

describe("program release", () => {
  let gitOps: GitOpsRun;

  beforeEach(() => {
    gitOps = new GitOpsRun();
  });

  afterEach(() => {
    gitOps.remove();
  });

  const succeeded = ({ code, outcome, err }: Released, expected: string) => {
    assert.deepEqual([code, outcome, err], [0, expected, ""]);
  };
  const declined = ({ code, outcome, sentence }: Released, expected: string, reason: RegExp) => {
    assert.deepEqual([code, outcome], [0, expected]);
    assert.match(sentence, reason);
  };
  const refused = ({ code, outcome, sentence }: Released, reason: RegExp) => {
    assert.deepEqual([code, outcome], [1, undefined]);
    assert.match(sentence, reason);
  };

  for (const shell of shells)
    it(`makes the file of a first release, and changes it with the next (${shell.name})`, async () => {
      const first = await gitOps.release({}, {}, shell);
      succeeded(first, "released");
      assert.equal(first.description, "released");
      assert.equal(gitOps.file(), releaseFile(someRelease));
      succeeded(await gitOps.release(newer, {}, shell), "released");
      assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...newer }));
      assert.deepEqual(gitOps.subjects, [
        "release shop/api 2222222 (sha256:bbbbbbbbbbbb...)",
        "release shop/api 1111111 (sha256:aaaaaaaaaaaa...)",
      ]);
    });

  it("says who it is, and nothing but its subject", async () => {
    await gitOps.release();
    const said = gitOps.repository.git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%B", "main");
    const who = "idp releases <releases@idp.invalid>";
    assert.equal(said, `${who}|${who}|release shop/api 1111111 (sha256:aaaaaaaaaaaa...)`);
  });

  it("leaves nothing in its folder for temporary files", async () => {
    await gitOps.release();
    const [scratch = ""] = readdirSync(gitOps.folder).filter((name) => name.startsWith("scratch"));
    assert.deepEqual(readdirSync(join(gitOps.folder, scratch)), []);
  });

  it("T30: makes no commit when the same image of the same push is released already", async () => {
    await gitOps.release();
    succeeded(await gitOps.release(), "unchanged");
    assert.equal(gitOps.subjects.length, 1);
  });

  it("T30: writes one file, and leaves every other as it was", async () => {
    const before = gitOps.repository.git("ls-tree", "-r", "main");
    await gitOps.release();
    await gitOps.release(newer);
    await gitOps.release({ ...newer, application: "web" });
    assert.deepEqual(gitOps.changed, [path, "apps/shop/web/kustomization.yaml"]);
    const after = gitOps.repository.git("ls-tree", "-r", "main").split("\n");
    assert.deepEqual(after.filter((line) => !line.includes("kustomization")).join("\n"), before);
  });

  it("releases nothing that was pushed before what is released, in whatever order builds end", async () => {
    await gitOps.release(newer);
    const late = await gitOps.release();
    declined(
      late,
      "older",
      /^release of shop\/api: built, and not released: 2222222 was pushed later and is released$/,
    );
    assert.equal(late.description, "built, and not released: 2222222 was pushed later and is released");
    assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...newer }));
    assert.equal(gitOps.subjects.length, 1);
  });

  it("counts the later report of two pushes in the same second", async () => {
    await gitOps.release();
    const same = { ...newer, pushed: someRelease.pushed };
    succeeded(await gitOps.release(same), "released");
    assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...same }));
  });

  it("remembers the newest push of an image that is released already, so that an older one cannot follow it", async () => {
    await gitOps.release();
    const back = { pushed: newer.pushed + 60 };
    succeeded(await gitOps.release(back), "released");
    declined(await gitOps.release(newer), "older", /1111111 was pushed later/);
    assert.equal(gitOps.file(), releaseFile({ ...someRelease, ...back }));
  });

  it("takes a report of the released commit that comes again, built anew, for what is released", async () => {
    await gitOps.release();
    const again = await gitOps.release({ digest: digestOf("c"), pushed: someRelease.pushed - 5 });
    succeeded(again, "unchanged");
    assert.equal(gitOps.file(), releaseFile(someRelease));
  });

  it("releases nothing while the project's file holds the application at another commit", async () => {
    const held = await gitOps.release({}, { PINNED: commitOf("3") });
    declined(held, "pinned", /the project's file holds the application at 3333333$/);
    assert.equal(gitOps.subjects.length, 0);
    succeeded(await gitOps.release({ commit: commitOf("3") }, { PINNED: commitOf("3") }), "released");
  });

  it("T30: knows no project and no application but those whose file this program has written", async () => {
    for (const change of [{ project: "bank" }, { application: "cart" }])
      refused(
        await gitOps.release(change),
        /the GitOps repository has no apps\/.*\/application\.yaml; it is there once/,
      );
    assert.equal(gitOps.subjects.length, 0);
  });

  it("keeps what a person has put into the file, and says where", async () => {
    const edits: readonly (readonly [string, RegExp])[] = [
      [`${releaseFile(someRelease)}patches:\n  - path: more.yaml\n`, /\(line 12:patches:\)/],
      [releaseFile(someRelease).replace("[application.yaml]", "[application.yaml, more.yaml]"), /\(line 8:resources: /],
      [`# do not touch\n${releaseFile(someRelease)}`, /\(line 1:# do not touch\)/],
      [releaseFile(someRelease).replaceAll("\n", "\r\n"), /\(line 1:/],
      [releaseFile(someRelease).replace(/digest: .*/, "newTag: latest"), /\(line 11:    newTag: latest\)/],
    ];
    for (const [text, reason] of edits) {
      gitOps.repository.commit({ files: { [path]: text } });
      const ended = await gitOps.release(newer);
      refused(ended, reason);
      assert.match(ended.sentence, /a person has edited .*; take the edit out, or delete the file$/);
      assert.equal(gitOps.repository.git("show", `main:${path}`), text.trim());
    }
  });

  it("takes over a file that a person has written without commit and push, and one of another registry", async () => {
    const image = "images:\n  - name: old.lab.example/shop/api\n    digest: ";
    for (const head of ["", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n\n"]) {
      const text = `${head}resources: [application.yaml]\n${image}${digestOf("c")}\n`;
      gitOps.repository.commit({ files: { [path]: text } });
      succeeded(await gitOps.release(), "released");
      assert.equal(gitOps.file(), releaseFile(someRelease));
    }
  });

  it("refuses a file that says something twice", async () => {
    gitOps.repository.commit({ files: { [path]: `${releaseFile(someRelease)}    digest: ${digestOf("c")}\n` } });
    refused(await gitOps.release(newer), /has `    digest` twice; take one out, or delete the file/);
  });

  it("T30: follows no link, whether it is the file, its folder or the application's own", async () => {
    const link = { link: "../../../README.md" };
    const cases = [
      new GitOpsRun({ [path]: link }),
      new GitOpsRun({ [`${path}/inside`]: "a folder" }),
      new GitOpsRun({ "apps/shop/cart": { link: "api" } }),
      new GitOpsRun({ "apps/shop/cart/application.yaml": link }),
    ];
    try {
      for (const [index, run] of cases.entries()) {
        const ended = await run.release(index < 2 ? {} : { application: "cart" });
        refused(ended, index < 2 ? /is no plain file; remove it/ : /has no apps\/shop\/cart\/application\.yaml/);
        assert.deepEqual(run.subjects, []);
      }
    } finally {
      for (const run of cases) run.remove();
    }
  });
});
