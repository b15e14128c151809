import assert from "node:assert/strict";
import { planCluster } from "../../cli/plan-cluster";
import { readClusterFiles } from "../../inputs/cluster-files";
import { ClusterFolder, exampleFiles } from "../support/cluster-folder";

const projectsFile = "Pulumi.homelab-projects.yaml";

describe("offline plan of a fresh clone", () => {
  let folder: ClusterFolder;
  beforeEach(() => {
    folder = new ClusterFolder();
  });
  afterEach(() => {
    folder.dispose();
  });

  const warnings = (projects?: string) => {
    const options = { stack: "homelab", ...(projects === undefined ? {} : { projects }) };
    const { stacks } = planCluster(readClusterFiles(folder.path), options);
    return stacks.flatMap((stack) => stack.warnings);
  };

  it("says where project files go when git has dropped the empty folder", () => {
    folder.remove("projects");
    const { code, stdout } = folder.plan();
    assert.equal(code, 0);
    assert.match(stdout, /- projects\/ has no project file yet: docs\/project-yaml\.md has an example$/m);
  });

  it("is refused when a folder that somebody named does not exist", () => {
    const { code, stderr } = folder.plan(["--projects", "others"]);
    assert.equal(code, 1);
    assert.match(stderr, /^ {2}others: does not exist; name a folder of project files/m);
    folder.write(projectsFile, `${exampleFiles[projectsFile] ?? ""}  idp:projects: ours\n`);
    assert.match(folder.plan().stderr, /^ {2}ours: does not exist; name a folder of project files/m);
  });

  it("names the folder that was asked for", () => {
    folder.write("others/README.md", "");
    assert.ok(warnings("others").some((warning) => warning.startsWith("others/ has no project file yet")));
  });

  it("tells of the owner without a token, until the stack's file has one for it", () => {
    const told = () => warnings().filter((warning) => warning.includes("no token or App"));
    assert.deepEqual(told(), [
      "myorg has no token or App yet: `pulumi config set --secret --path idp:githubTokens.myorg --stack homelab-projects`",
    ]);
    folder.write(projectsFile, `${exampleFiles[projectsFile] ?? ""}  idp:githubTokens: {MyOrg: {secure: v1:abc}}\n`);
    assert.deepEqual(told(), []);
  });
});
