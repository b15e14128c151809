import assert from "node:assert/strict";
import { planDocument } from "../../plan/plan-document-schema";
import { ClusterFolder, exampleFiles, projectText } from "../support/cluster-folder";

const staged = projectText({}, "port: 8080, uses: [mysql], environments: [{name: develop, branch: develop}]");

describe("offline plan with an environment", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder({ ...exampleFiles, "projects/shop.yaml": staged });
    folder.commit();
  });

  afterEach(() => {
    folder.dispose();
  });

  it("tells of it as what it is, and counts it apart from the projects", () => {
    const { code, stdout } = folder.plan();
    assert.equal(code, 0, stdout);
    const text = stdout.replaceAll(/\n( {2}| {6})(?=\S)/g, " ");
    assert.match(
      text,
      /^Stack homelab-projects \(projects\): 1 project, 1 environment, 2 applications, 2 databases, /m,
    );
    assert.match(
      text,
      / project shop-develop \(environment develop of shop\): namespaces shop-develop, shop-develop-build,/,
    );
    assert.match(stdout, /^ {4}application api: myorg\/my-api, branch develop, CI decides the commit$/m);
  });

  it("says in JSON of which project it is one", () => {
    const { stacks } = planDocument.parse(JSON.parse(folder.plan(["--json"]).stdout));
    const projects = stacks.flatMap((stack) => stack.projects);
    assert.deepEqual(
      projects.map(({ name, environmentOf }) => [name, environmentOf]),
      [
        ["shop", undefined],
        ["shop-develop", { project: "shop", name: "develop" }],
      ],
    );
  });

  it("shows a new one as what it adds, and marks the data of one that goes", () => {
    folder.write("projects/shop.yaml", projectText({}, "port: 8080, uses: [mysql]"));
    const { code, stdout } = folder.plan(["--against", "main"]);
    assert.equal(code, 3, stdout);
    const text = stdout.replaceAll(/\n +/g, " ");
    assert.match(text, /- project shop-develop /);
    assert.match(text, /put the environment back, or retire shop-develop as docs\/runbook\.md says/);
    assert.match(text, /'idp:giveUp\[0\]' shop-develop --stack homelab-projects/);
    folder.commit();
    folder.write("projects/shop.yaml", staged);
    const added = folder.plan(["--against", "main"]);
    assert.equal(added.code, 0, added.stdout);
    assert.match(added.stdout, /^ {2}\+ project shop-develop\n {4}\+ application api\n {4}\+ database mysql$/m);
    assert.doesNotMatch(added.stdout, /[-~] (project|application|database) /);
  });

  it("says in the file of the GitOps repository which file to change", () => {
    const { stdout } = folder.plan(["--json"]);
    assert.match(stdout, /apps\/shop-develop\/api\/application\.yaml/);
    assert.match(stdout, /writes this file from projects\/shop\.yaml, and/);
    assert.doesNotMatch(stdout, /projects\/shop-develop\.yaml/);
  });
});
