import assert from "node:assert/strict";
import { type Change, differencePlans } from "../../plan/difference";
import { clusterHolding as planned, mysql, plain, redis, shop } from "../support/kept-data";
import { aCluster } from "../support/plans";

const [api] = shop.applications;

const shopFile = [{ name: "shop", content: shop }];
const before = planned(shopFile);

/** What is marked when the project's file says something else, and what is said of it. */
function marked(content: object | undefined, giveUp: readonly string[] = []) {
  const files = content === undefined ? [] : [{ name: "shop", content }];
  return lossesOf(differencePlans(before, planned(files, giveUp)));
}

function lossesOf(changes: readonly Change[]) {
  return changes
    .filter(({ dataLoss }) => dataLoss.length > 0)
    .map(({ change, type, name, dataLoss }) => ({
      what: `${change} ${type.split("/").at(-1) ?? ""} ${name}`,
      dataLoss,
    }));
}

function refusal(entry: string, index = 0): string {
  return (
    `\`pulumi up\` refuses until \`idp:giveUp\` names ${entry}: put back what it said, or retire ${entry} as ` +
    `docs/runbook.md says: back up, then \`pulumi config set --path 'idp:giveUp[${index}]' ${entry} --stack homelab-projects\``
  );
}

describe("data that leave the files, in the difference of two plans", () => {
  it("T26: are marked when a generated secret goes, with what to do", () => {
    const without = { ...shop, applications: [{ ...api, secrets: { MAIL_PASSWORD: "entered", OTHER: "generated" } }] };
    assert.deepEqual(marked(without), [
      {
        what: "changed vault-secret shop.api.secrets",
        dataLoss: ["shop no longer has in Vault the secret applications/api (SESSION_KEY)", refusal("shop/api")],
      },
    ]);
  });

  it("T26: are marked when an entered secret goes", () => {
    const without = { ...shop, applications: [{ ...api, secrets: { SESSION_KEY: "generated" } }] };
    const [loss, ...others] = marked(without);
    assert.deepEqual(others, []);
    assert.match(loss?.what ?? "", /^removed vault-secret shop\.api\./);
    assert.deepEqual(loss?.dataLoss, [
      "shop no longer has in Vault the secret applications/api/entered/MAIL_PASSWORD",
      refusal("shop/api"),
    ]);
  });

  it("are marked when an application with secrets gets another name, by the old one", () => {
    const losses = marked({ ...shop, applications: [{ ...api, name: "web" }] });
    assert.equal(losses.length, 2);
    for (const { what, dataLoss } of losses) {
      assert.match(what, /^removed vault-secret shop\.api\./);
      assert.equal(dataLoss.at(-1), refusal("shop/api"));
    }
  });

  it("are marked when a repository that was made is only used, or leaves", () => {
    const used = marked({ ...shop, applications: [{ ...api, repository: {} }] });
    const other = marked({ ...shop, applications: [{ ...api, git: { ...plain.git, repo: "other" } }] });
    const expected = {
      what: "removed github-repository shop.myorg.my-api.repository",
      dataLoss: ["shop no longer has the repository myorg/my-api", refusal("shop/api")],
    };
    assert.deepEqual(used, [expected]);
    assert.deepEqual(other, [expected]);
  });

  it("are marked when an adopted repository leaves, though it stays on GitHub", () => {
    const adopted = { ...shop, applications: [{ ...api, repository: { mode: "adopt" } }] };
    const changes = differencePlans(
      planned([{ name: "shop", content: adopted }]),
      planned([{ name: "shop", content: { ...shop, applications: [{ ...api, repository: {} }] } }]),
    );
    assert.deepEqual(
      lossesOf(changes).map(({ what }) => what),
      ["removed github-repository shop.myorg.my-api.repository"],
    );
  });

  it("T26: are marked once when a database leaves, with what to do in the place of its protection", () => {
    assert.deepEqual(marked({ ...shop, databases: [redis] }), [
      {
        what: "removed StatefulSet shop/mysql",
        dataLoss: [
          "nothing serves the data on the volume mysql (5Gi) any more; what is left has to be recovered by hand",
          refusal("shop/mysql"),
        ],
      },
    ]);
  });

  it("are marked once when a database becomes another one, each with an entry of its own", () => {
    const losses = marked({
      ...shop,
      databases: [
        { ...mysql, size: "4Gi" },
        { ...redis, size: "512Mi" },
      ],
    });
    assert.deepEqual(
      losses.map(({ what }) => what),
      ["changed StatefulSet shop/mysql", "changed StatefulSet shop/redis"],
    );
    assert.match(losses[0]?.dataLoss[0] ?? "", /shrinks from 5Gi to 4Gi/);
    assert.deepEqual(losses[0]?.dataLoss.slice(1), [refusal("shop/mysql")]);
    assert.deepEqual(losses[1]?.dataLoss.slice(1), [refusal("shop/redis", 1)]);
  });

  it("T26: are marked one by one when the project's file is gone, all with the project's name", () => {
    const losses = marked(undefined);
    assert.equal(losses.length, 7);
    for (const { what, dataLoss } of losses) {
      assert.match(what, /^removed (StatefulSet|vault-secret|github-repository) /);
      assert.match(
        dataLoss.at(-1) ?? "",
        /refuses until `idp:giveUp` names shop: put the file back, .*\[0\]' shop --stack /,
      );
    }
  });

  it("stay marked when `idp:giveUp` names them, but nothing refuses any more", () => {
    const given = marked({ ...shop, databases: [redis] }, ["shop/mysql"]);
    assert.deepEqual(given[0]?.dataLoss.slice(1), ["`idp:giveUp` names shop/mysql; docs/runbook.md says how to go on"]);
    const project = marked(undefined, ["shop"]);
    assert.equal(project.length, 7);
    for (const { dataLoss } of [...given, ...project]) assert.doesNotMatch(dataLoss.join(), /refuses/);
  });

  it("have their entries numbered as the difference tells them, so that the commands can be run as they are read", () => {
    const two = [{ name: "blog", content: { databases: [mysql] } }, ...shopFile];
    const changes = differencePlans(
      planned(two),
      planned([{ name: "shop", content: { ...shop, applications: [plain], databases: [redis] } }]),
    );
    const told = lossesOf(changes).map(
      ({ dataLoss }) => /giveUp\[(\d+)\]' (\S+)/.exec(dataLoss.at(-1) ?? "")?.slice(1) ?? [],
    );
    assert.deepEqual([...new Set(told.map((entry) => entry.join(" ")))], ["0 shop/api", "1 shop/mysql", "2 blog"]);
  });

  it("count on from the entries that there are", () => {
    const [loss] = marked({ ...shop, databases: [redis] }, ["blog"]);
    assert.equal(loss?.dataLoss.at(-1), refusal("shop/mysql", 1));
  });

  it("are none when something is added, grows or is only used", () => {
    const more = {
      ...shop,
      databases: [{ ...mysql, size: "9Gi" }, redis],
      applications: [api, { ...plain, name: "web" }],
    };
    assert.deepEqual(marked({ ...more, applications: [api] }), []);
    const used = planned([{ name: "shop", content: { applications: [plain] } }]);
    const renamed = planned([{ name: "shop", content: { applications: [{ ...plain, name: "web" }] } }]);
    assert.deepEqual(lossesOf(differencePlans(used, renamed)), []);
  });

  it("are left to their protection when the stack itself leaves the plan, since then nothing runs that refuses", () => {
    const [loss] = lossesOf(differencePlans(before, aCluster()));
    assert.match(loss?.dataLoss.join() ?? "", /it is protected, so `pulumi up` refuses until a person unprotects it$/);
  });
});
