import assert from "node:assert/strict";
import { keptData } from "../../model/kept-data";
import type { Problem } from "../../model/input-error";
import { keptMarks } from "../../plan/kept-marks";
import { clusterHolding, firstRun, lines, mysql, nextRun, plain, redis } from "../support/kept-data";

const databases = [mysql, redis];
const api = { ...plain, uses: ["mysql"] };
const develop = { name: "develop", branch: "develop" };

/** `projects/shop.yaml` with these environments of its application. */
function shopWith(environments: readonly object[], more: readonly object[] = databases) {
  return { name: "shop", content: { applications: [{ ...api, environments }], databases: more } };
}

const recorded = firstRun(shopWith([develop]));

function commands(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ remedy }) => remedy);
}

describe("data of an environment", () => {
  it("are recorded as its own, with the project in whose file it stands", () => {
    const held = recorded.held.filter(({ project }) => project === "shop-develop");
    assert.deepEqual(
      held.map(({ kind, name }) => `${kind} ${name}`),
      ["database mysql", "secret github", "secret registry"],
    );
    for (const { environmentOf } of held) assert.deepEqual(environmentOf, { project: "shop", name: "develop" });
    assert.ok(recorded.held.filter(({ project }) => project === "shop").every((datum) => !("environmentOf" in datum)));
    assert.deepEqual(keptData.parse(recorded), recorded);
    assert.deepEqual(nextRun(recorded, [shopWith([develop])]).next, recorded);
  });

  it("T26: stop the run when the environment is gone from its project's file", () => {
    const { problems } = nextRun(recorded, [shopWith([])]);
    assert.deepEqual(problems, [
      {
        file: "projects/shop.yaml",
        problem:
          "no longer has the environment develop, and with it the database mysql (mysql 8.0, 5Gi), " +
          "and in Vault the secrets github and registry",
        remedy:
          "put the environment back, or retire shop-develop as docs/runbook.md says: back up, then " +
          "`pulumi config set --path 'idp:giveUp[0]' shop-develop --stack homelab-projects`",
      },
    ]);
  });

  it("T26: stop the run when an environment gets another name, which is another project", () => {
    const { problems } = nextRun(recorded, [shopWith([{ ...develop, name: "dev" }])]);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.problem ?? "", /^no longer has the environment develop, and with it the database mysql/);
  });

  it("T26: stop the run when the file is gone, one line for the project and one for each environment", () => {
    const { problems } = nextRun(recorded, []);
    assert.deepEqual(
      lines(problems).map((line) => line.replace(/, and in Vault.*/, "")),
      [
        "projects/shop.yaml: : is gone, and with it the databases mysql (mysql 8.0, 5Gi) and redis (redis 7.0, 1Gi)",
        "projects/shop.yaml: : is gone, and with its environment develop the database mysql (mysql 8.0, 5Gi)",
      ],
    );
    const [first = "", second = ""] = commands(problems);
    assert.match(first, /^put the file back, or retire shop as .*'idp:giveUp\[0\]' shop --stack/);
    assert.match(second, /^put the file back, or retire shop-develop as .*'idp:giveUp\[1\]' shop-develop --stack/);
  });

  it("T26: stop the run when it no longer chooses a database", () => {
    const { problems } = nextRun(recorded, [shopWith([{ ...develop, databases: ["redis"] }])]);
    assert.deepEqual(lines(problems), [
      "projects/shop.yaml: : no longer has in the environment develop the database mysql (mysql 8.0, 5Gi)",
    ]);
    assert.match(commands(problems)[0] ?? "", /^put back what it said, or retire shop-develop\/mysql as/);
  });

  it("T26: stop the run when a database could not be read any more, there and in the project", () => {
    const { problems } = nextRun(recorded, [shopWith([develop], [{ ...mysql, size: "2Gi" }, redis])]);
    assert.deepEqual(
      problems.map(({ file, problem }) => [file, problem.replace(/2Gi.*/, "2Gi")]),
      [
        ["projects/shop.yaml", "the volume mysql shrinks from 5Gi to 2Gi"],
        ["projects/shop.yaml", "in the environment develop, the volume mysql shrinks from 5Gi to 2Gi"],
      ],
    );
  });

  it("stay when the environment becomes a file of its own, and when such a file becomes an environment", () => {
    const file = { name: "shop-develop", content: { applications: [api], databases: [mysql] } };
    const apart = nextRun(recorded, [shopWith([]), file]);
    assert.deepEqual(apart.problems, []);
    assert.deepEqual(nextRun(apart.next, [shopWith([develop])]).problems, []);
    const { problems } = nextRun(apart.next, [shopWith([{ ...develop, databases: [] }])]);
    assert.deepEqual(lines(problems), [
      "projects/shop.yaml: : no longer has in the environment develop the database mysql (mysql 8.0, 5Gi)",
    ]);
  });

  it("are let go by `idp:giveUp`, by the environment's project or a part of it, and by nothing else", () => {
    assert.deepEqual(nextRun(recorded, [shopWith([])], ["shop-develop"]).problems, []);
    assert.deepEqual(
      nextRun(recorded, [shopWith([{ ...develop, databases: [] }])], ["shop-develop/mysql"]).problems,
      [],
    );
    assert.deepEqual(lines(nextRun(recorded, [shopWith([])], ["shop"]).problems).slice(1), [
      'Pulumi.homelab-projects.yaml: idp:giveUp.0: "shop" is still in projects/shop.yaml',
    ]);
  });

  it("are not given up while they are in the file, and the message says where", () => {
    const still = nextRun(recorded, [shopWith([develop])], ["shop-develop", "shop-develop/mysql"]).problems;
    assert.deepEqual(lines(still), [
      'Pulumi.homelab-projects.yaml: idp:giveUp.0: "shop-develop" is still in projects/shop.yaml, as the environment develop',
      'Pulumi.homelab-projects.yaml: idp:giveUp.1: "shop-develop/mysql" is still in projects/shop.yaml, in the environment develop',
    ]);
  });

  it("are marked by the offline plan as `up` would refuse to lose them", () => {
    const stackOf = (environments: readonly object[]) => clusterHolding([shopWith(environments)]).stacks[0];
    const marks = keptMarks(stackOf([develop]), stackOf([]));
    assert.deepEqual([...new Set(marks.map(({ datum }) => datum.project))], ["shop-develop"]);
    assert.match(
      marks[0]?.consequence ?? "",
      /^`pulumi up` refuses until `idp:giveUp` names shop-develop: put the environment back, or retire shop-develop as/,
    );
  });
});
