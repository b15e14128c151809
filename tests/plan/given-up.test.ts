import assert from "node:assert/strict";
import { noKeptData } from "../../model/kept-data";
import { blog, firstRun, lines, nextRun, recorded, redis, shop } from "../support/kept-data";

describe("idp:giveUp", () => {
  it("T26: lets a project go whose file is gone, and is no mistake in the runs after that", () => {
    const { problems, next } = nextRun(recorded, [blog], ["shop"]);
    assert.deepEqual(problems, []);
    assert.equal(next.givenUp.length, recorded.held.length - next.held.length);
    const second = nextRun(next, [blog], ["shop"]);
    assert.deepEqual(second.problems, []);
    assert.deepEqual(second.next, next);
    const over = nextRun(second.next, [blog]);
    assert.deepEqual(over.problems, []);
    assert.deepEqual(over.next, firstRun(blog));
  });

  it("lets only what it names go", () => {
    const { problems } = nextRun(recorded, [blog], ["shop/mysql"]);
    assert.equal(problems.length, 1);
    assert.doesNotMatch(problems[0]?.problem ?? "", /mysql/);
    assert.match(problems[0]?.problem ?? "", /the database redis/);
    assert.match(problems[0]?.remedy ?? "", /'idp:giveUp\[1\]' shop /);
    const { problems: none } = nextRun(
      recorded,
      [blog, { name: "shop", content: { ...shop, databases: [redis] } }],
      ["shop/mysql"],
    );
    assert.deepEqual(none, []);
  });

  it("is refused as a whole project while that has a file, which would let go whatever leaves it", () => {
    const { problems } = nextRun(
      recorded,
      [blog, { name: "shop", content: { ...shop, databases: [redis] } }],
      ["shop"],
    );
    assert.deepEqual(lines(problems), [
      "projects/shop.yaml: : no longer has the database mysql (mysql 8.0, 5Gi)",
      'Pulumi.homelab-projects.yaml: idp:giveUp.0: "shop" is still in projects/shop.yaml',
    ]);
  });

  it("is refused for what is still in the files, also when it comes back", () => {
    const all = [blog, { name: "shop", content: shop }];
    const expected = ['Pulumi.homelab-projects.yaml: idp:giveUp.0: "shop/mysql" is still in projects/shop.yaml'];
    assert.deepEqual(lines(nextRun(recorded, all, ["shop/mysql"]).problems), expected);
    const { next } = nextRun(
      recorded,
      [blog, { name: "shop", content: { ...shop, databases: [redis] } }],
      ["shop/mysql"],
    );
    assert.deepEqual(lines(nextRun(next, all, ["shop/mysql"]).problems), expected);
  });

  it("is refused when it names nothing that this stack holds, with what leaves", () => {
    const [refusal, typo] = nextRun(recorded, [blog], ["shpo"]).problems;
    assert.equal(refusal?.file, "projects/shop.yaml");
    assert.equal(typo?.problem, '"shpo" is nothing that this stack holds data of');
    assert.match(typo.remedy, /^name what leaves \(shop, shop\/mysql, .*\), or remove the entry: `pulumi config rm/);
    const [first] = nextRun(noKeptData, [blog], ["shop"]).problems;
    assert.match(String(first?.remedy), /^remove the entry: `pulumi config rm --path 'idp:giveUp\[0\]'/);
  });
});
