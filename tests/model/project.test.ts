import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { githubOwner, githubRepository, gitBranch, gitCommit } from "../../model/git-scalars";
import { maxNameLength, reservedProjectNames } from "../../model/names";
import { platformNamespaces } from "../../model/platform-names";
import { projectName, serviceNameText, volumeSize } from "../../model/project-scalars";
import { hostName } from "../../model/scalars";

interface Scalar {
  safeParse(value: unknown): { readonly success: boolean };
}

function table(schema: Scalar, accepted: readonly string[], refused: readonly string[]): void {
  for (const text of accepted) {
    it(`takes ${JSON.stringify(text)}`, () => {
      assert.equal(schema.safeParse(text).success, true);
    });
  }
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(schema.safeParse(text).success, false);
    });
  }
}

const longest = "a".repeat(maxNameLength);

describe("name of a project", () => {
  table(
    projectName,
    ["a", "shop", "a-b", "shop2", "build", "rebuild", "kube", longest],
    ["", "-a", "a-", "a--b", "Shop", "a.b", "a_b", "2shop", `${longest}a`, "shop-build", "kube-system", "kube-x"],
  );
  table(projectName, [], ["default", ...Object.values(platformNamespaces), ...Object.keys(reservedProjectNames)]);
});

describe("name of an application or a database", () => {
  table(
    serviceNameText,
    ["api", "harbor", "api-build", "constructor", longest],
    ["default", "kubernetes", "API", "a--b"],
  );
});

describe("account of GitHub", () => {
  table(
    githubOwner,
    ["myorg", "My-Org", "a", "1a", "a".repeat(39), "octo_corp"],
    ["", "-a", "a-", "a--b", "a.b", "my org", "myorg/x", "a".repeat(40), "a_", "a_b_c"],
  );
});

describe("repository of GitHub", () => {
  table(
    githubRepository,
    ["my-api", "My.App_1", ".github", "-", "a".repeat(100)],
    ["", ".", "..", "a.git", "a.wiki", "a/b", "a b", "\u00fc", "a".repeat(101)],
  );
});

const branches = {
  allowed: ["main", "feature/login", "release-1.0", "a@b", "@a", "a.b", "\u00fcber", "a/b/c", "{a}", "a'b", "$(x)"],
  refused: [
    ...["", "@", "-a", ".a", "a/.b", "a.", "/a", "a/", "a//b", "a..b", "a.lock", "a.lock/b", "a b", "a~b", "a^b"],
    ...["a:b", "a?b", "a*b", "a[b", "a\\b", "a@{b", "a\tb", "a\u007fb", "HEAD"],
  ],
};

describe("branch", () => {
  table(gitBranch, branches.allowed, [...branches.refused, "refs/heads/main"]);

  it("is judged as git judges it", () => {
    const takes = (name: string) => {
      try {
        for (const rule of ["--branch", "--allow-onelevel"]) {
          execFileSync("git", ["check-ref-format", rule, name], { stdio: "ignore" });
        }
        return true;
      } catch {
        return false;
      }
    };
    assert.deepEqual(branches.allowed.filter(takes), branches.allowed);
    assert.deepEqual(branches.refused.filter(takes), []);
  });
});

describe("commit", () => {
  const commit = "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b";
  table(gitCommit, ["", commit], ["1a2b3c4", commit.toUpperCase(), `${commit}0`, "0".repeat(40), ` ${commit}`, "main"]);

  it("is none when it is empty", () => {
    assert.equal(gitCommit.parse(""), null);
    assert.equal(gitCommit.parse(commit), commit);
  });
});

describe("host", () => {
  table(
    hostName,
    ["example.com", "a.b.c.example", "xn--mller-kva.example", "1.example", `${"a".repeat(63)}.example`],
    ["example", "Example.com", "m\u00fcller.example", "a..b", "-a.example", "a-.example", "*.a.example", "10.0.0.1"],
  );
  table(hostName, [], ["a.example.", "a.example:80", "http://a.example", "a_b.example", `${"a".repeat(64)}.example`]);
});

describe("size of a volume", () => {
  table(
    volumeSize,
    ["64Mi", "5Gi", "1.5Gi", "100M", "2T"],
    ["63Mi", "5", "5 Gi", "5GB", "-5Gi", "0Gi", "1Ki", "500m", "5gi", ""],
  );
});
