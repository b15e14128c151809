import assert from "node:assert/strict";
import type { JsonObject } from "../../../model/json";
import { buildName } from "../../../model/names";
import { webhookPath } from "../../../model/repository-names";
import { at } from "../../support/at";
import { PushChain } from "../../support/push/push-chain";
import {
  commit,
  commitBefore,
  pushOf,
  pushOfFiles,
  pushTo,
  recordedPushes,
  recordedRepository,
} from "../../support/push/recorded-pushes";
import { someProject } from "../../support/some-project";

const zeros = "0".repeat(40);

/** The applications of a push's repository, with what their files say of `git` and `build`. */
function chainOf(
  applications: Readonly<Record<string, { readonly git?: object; readonly build?: object }>>,
): PushChain {
  const rows = Object.entries(applications).map(([name, { git = {}, build = {} }]) => ({
    ...{ name, port: 8080, build },
    git: { type: "github", ...recordedRepository, branch: "main", ...git },
  }));
  return new PushChain([someProject({ applications: rows })]);
}

/** Names of the Workflows that a push makes. */
function made(chain: PushChain, push: JsonObject, owner: string = recordedRepository.owner): readonly unknown[] {
  const { status, workflows } = chain.signed(webhookPath("shop", owner, recordedRepository.repo), "push", push);
  assert.equal(status, 200);
  return workflows.map((workflow) => at(workflow, "metadata", "name"));
}

describe("push to an application", () => {
  const chain = chainOf({ api: {} });
  const apiBuild = buildName("api", commit);

  it("makes a Workflow of the application's template for the commit, in the build namespace", () => {
    const path = webhookPath("shop", recordedRepository.owner, recordedRepository.repo);
    assert.deepEqual(chain.signed(path, "push", pushOf()).workflows, [
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Workflow",
        metadata: {
          name: apiBuild,
          namespace: "shop-build",
          labels: {
            "app.kubernetes.io/part-of": "shop",
            "app.kubernetes.io/component": "build",
            "app.kubernetes.io/name": "api",
          },
        },
        spec: {
          workflowTemplateRef: { name: "api" },
          arguments: {
            parameters: [
              { name: "commit", value: commit },
              { name: "pushed", value: "1557933657" },
            ],
          },
        },
      },
    ]);
  });

  const nothing: Readonly<Record<string, JsonObject>> = {
    "another branch": pushOf({ ref: "refs/heads/next" }),
    "a branch whose name starts like it": pushOf({ ref: "refs/heads/main-2" }),
    "a branch whose name ends like it": pushOf({ ref: "refs/heads/fix/main" }),
    "a branch that says where branches are": pushOf({ ref: "refs/heads/refs/heads/main" }),
    "a tag of the branch's name": pushOf({ ref: "refs/tags/main" }),
    "a branch that was deleted": pushOf({ deleted: true, after: zeros }),
    "a branch that was deleted, whatever the commit": pushOf({ deleted: true }),
    "no commit": pushOf({ after: zeros }),
    "the commit that was there before": pushOf({ after: commitBefore }),
    "another repository of the owner": pushTo("Codertocat/Hello-World-2"),
    "a repository of the same name": pushTo("other/Hello-World"),
  };
  for (const [title, push] of Object.entries(nothing))
    it(`T06: makes nothing of ${title}`, () => {
      assert.deepEqual(made(chain, pushOf()), [apiBuild]);
      assert.deepEqual(made(chain, push), []);
    });

  it("T06: of what GitHub has sent, makes something of the branch alone, and nothing of tags", () => {
    const master = chainOf({ api: { git: { branch: "master" } } });
    assert.ok(recordedPushes.length >= 7);
    const building = recordedPushes.filter((push) => made(master, push).length > 0);
    assert.deepEqual(
      building.map(({ ref }) => ref),
      recordedPushes.map(({ ref }) => ref).filter((ref) => ref === "refs/heads/master"),
    );
    const tagLike = chainOf({ api: { git: { branch: "simple-tag" } } });
    assert.deepEqual(
      recordedPushes.flatMap((push) => made(tagLike, push)),
      [],
    );
  });

  it("T06: takes a branch for its text, whatever it means in a pattern", () => {
    const regular = chainOf({ api: { git: { branch: "v1.x+(a|b)$%a" } } });
    assert.deepEqual(made(regular, pushOf({ ref: "refs/heads/v1.x+(a|b)$%a" })), [apiBuild]);
    for (const ref of ["refs/heads/v1-x+(a|b)$%a", "refs/heads/v1.xx", "refs/heads/v1.x+(a|b)$%ab"])
      assert.deepEqual(made(regular, pushOf({ ref })), []);
    const foreign = chainOf({ api: { git: { branch: 'größe-"😀"' } } });
    assert.deepEqual(made(foreign, pushOf({ ref: 'refs/heads/größe-"😀"' })), [apiBuild]);
  });

  it("compares the repository as GitHub does, whose names know no case", () => {
    assert.deepEqual(made(chain, pushTo("codertocat/hello-world")), [apiBuild]);
    const other = chainOf({ api: { git: { owner: "CODERTOCAT" } } });
    assert.deepEqual(made(other, pushOf(), "CODERTOCAT"), [apiBuild]);
  });

  it("writes the time of the push in digits, and 0 where it is none", () => {
    const times: readonly (readonly [JsonObject[string], string])[] = [
      [1_700_000_000, "1700000000"],
      [0, "0"],
      [-1, "0"],
      [1.5, "0"],
      [1e15, "0"],
      ["2019-05-15T15:20:57Z", "0"],
      [null, "0"],
    ];
    for (const [pushedAt, expected] of times) {
      const push = pushOf({ repository: { full_name: "Codertocat/Hello-World", pushed_at: pushedAt } });
      const path = webhookPath("shop", recordedRepository.owner, recordedRepository.repo);
      const [workflow] = chain.signed(path, "push", push).workflows;
      assert.equal(at(workflow, "spec", "arguments", "parameters", 1, "value"), expected);
    }
  });

  it("that a sweep sends again is about the one application that it names", () => {
    const two = chainOf({ api: {}, web: {} });
    assert.deepEqual(made(two, pushOf()), [buildName("api", commit), buildName("web", commit)]);
    assert.deepEqual(made(two, pushOf({ sweep: { application: "web" } })), [buildName("web", commit)]);
    for (const sweep of [{ application: "other" }, {}, "web", true]) assert.deepEqual(made(two, pushOf({ sweep })), []);
  });
});

describe("push to a repository of several applications", () => {
  const chain = chainOf({
    api: { build: { paths: ["services/api/"] } },
    web: { build: { paths: ["./services//web", "Makefile"] } },
    all: { build: { paths: ["docs/", "."] } },
  });
  const always = buildName("all", commit);
  const [api, web] = [buildName("api", commit), buildName("web", commit)];

  it("builds those below whose paths a file was added, changed or removed, in any of its commits", () => {
    for (const list of ["added", "modified", "removed"])
      assert.deepEqual(made(chain, pushOfFiles({}, { [list]: ["services/api/main.go"] })), [always, api]);
    assert.deepEqual(made(chain, pushOfFiles({ added: ["README.md"] })), [always]);
    assert.deepEqual(made(chain, pushOfFiles({ added: ["services/api/a", "Makefile"] })), [always, api, web]);
  });

  it("takes a path with a slash at its end for a folder, and one without for a file or a folder", () => {
    assert.deepEqual(made(chain, pushOfFiles({ modified: ["services/api"] })), [always]);
    assert.deepEqual(made(chain, pushOfFiles({ modified: ["services/web"] })), [always, web]);
    assert.deepEqual(made(chain, pushOfFiles({ modified: ["services/web/index.html"] })), [always, web]);
    for (const file of ["services/web-2/index.html", "services/apis/a", "x/services/api/a", "Makefile.old"])
      assert.deepEqual(made(chain, pushOfFiles({ modified: [file] })), [always]);
  });

  it("builds all of them when the list of files does not tell", () => {
    const { commits = [] } = pushOfFiles({ added: ["README.md"] });
    assert.deepEqual(made(chain, pushOf({ commits })), [always]);
    const silent: readonly JsonObject[] = [
      { commits, created: true },
      { commits, forced: true },
      { commits: [] },
      { commits: null },
      { commits: {} },
      { commits: "README.md" },
      { commits: ["README.md"] },
      { commits: [{ added: [], modified: [] }] },
      { commits: [{ added: [], modified: "README.md", removed: [] }] },
    ];
    // A forced one ends in its time.
    const names = (push: JsonObject) => made(chain, push).map((name) => String(name).replace(/-\d{10}$/, ""));
    for (const changes of silent) assert.deepEqual(names(pushOf(changes)), [always, api, web]);
  });

  it("builds all of them when GitHub has cut the list short", () => {
    const commits = (count: number) => Array.from({ length: count }, () => ({ added: ["README.md"] }));
    assert.deepEqual(made(chain, pushOfFiles(...commits(2047))), [always]);
    assert.deepEqual(made(chain, pushOfFiles(...commits(2048))), [always, api, web]);
    const files = (count: number) => Array.from({ length: count }, (_, index) => `docs/${index}`);
    assert.deepEqual(made(chain, pushOfFiles({ added: files(1500), removed: files(1499) })), [always]);
    assert.deepEqual(made(chain, pushOfFiles({ added: files(1500), removed: files(1500) })), [always, api, web]);
  });
});
