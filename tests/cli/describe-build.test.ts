import assert from "node:assert/strict";
import { planDocument } from "../../plan/plan-document-schema";
import { ClusterFolder, exampleFiles, projectText } from "../support/cluster-folder";

const settings = exampleFiles["Pulumi.homelab-projects.yaml"] ?? "";
const kaniko = "build: {builder: kaniko, paths: [services/worker/], scan: {mode: enforce, severity: CRITICAL}, ";

describe("builds and releases in the offline plan", () => {
  let folder: ClusterFolder;

  beforeEach(() => {
    folder = new ClusterFolder();
  });

  afterEach(() => {
    folder.dispose();
  });

  /** The plan of one application, without the breaks of lines. */
  function planned(fields: string): string {
    folder.write("projects/shop.yaml", projectText({}, `port: 8080, uses: [mysql], ${fields}`));
    const { code, stdout, stderr } = folder.plan();
    assert.equal(code, 0, stderr);
    return stdout.replaceAll(/\n {8}/g, " ");
  }

  it("are not told of where the file says nothing of them", () => {
    assert.doesNotMatch(planned("build: {context: api}"), /^ +(build:|release by)/m);
  });

  const lines = [
    ["build: {builder: kaniko}", "build: kaniko"],
    [
      "build: {platforms: [linux/amd64, linux/arm64], paths: [api/, lib/]}",
      "build: for linux/amd64, linux/arm64, only api/, lib/",
    ],
    ["build: {sign: true}", "build: signed"],
    ["build: {scan: {mode: warn}}, release: {mode: restart}", "build: scan (warn HIGH); release by restart"],
    ["release: {mode: dispatch}", "release by dispatch"],
    [
      `${kaniko} sign: true, test: {image: "docker.io/library/node:24.19.0", command: npm test}}, release: {mode: dispatch}`,
      "build: kaniko, only services/worker/; test, scan (enforce CRITICAL), signed; release by dispatch",
    ],
  ] as const;
  for (const [fields, line] of lines) {
    it(`are one line: ${line}`, () => {
      const text = planned(fields).split("\n");
      const place = text.findIndex((each) => each.startsWith("    application api:"));
      assert.deepEqual(text.slice(place + 2, place + 4), [`      ${line}`, "      https://api.example.com"]);
    });
  }

  it("are fields of the application in JSON", () => {
    const test = '{image: "docker.io/library/node:24.19.0", command: npm test}';
    const changed = `${kaniko} sign: true, test: ${test}}, release: {mode: dispatch}`;
    folder.write("projects/shop.yaml", projectText({}, `port: 8080, ${changed}`));
    folder.write("projects/blog.yaml", projectText().replaceAll("api", "web"));
    const { stacks } = planDocument.parse(JSON.parse(folder.plan(["--json"]).stdout));
    const applications = stacks.flatMap(({ projects }) => projects.flatMap((project) => project.applications));
    assert.deepEqual(
      applications.map(({ build, release }) => ({ build, release })),
      [
        {
          build: { builder: "buildkit", paths: [], platforms: [], test: false, scan: null, sign: false },
          release: "commit",
        },
        {
          build: {
            ...{ builder: "kaniko", paths: ["services/worker/"], platforms: [] },
            ...{ test: true, scan: { mode: "enforce", severity: "CRITICAL" }, sign: true },
          },
          release: "dispatch",
        },
      ],
    );
  });

  it("are shown where they change", () => {
    folder.commit();
    folder.write("projects/shop.yaml", projectText({}, "port: 8080, build: {test: {image: a/b:1, command: c}}"));
    const { stdout } = folder.plan(["--against", "main"]);
    assert.match(stdout, /^ {4}~ application api\n {8}build\.test: false -> true$/m);
  });

  it("tell with the pipeline where GitHub calls, and how often what it did not tell is looked for", () => {
    const line = (config: string, projects = settings) => {
      folder.write("Pulumi.homelab.yaml", `${exampleFiles["Pulumi.homelab.yaml"] ?? ""}${config}`);
      folder.write("Pulumi.homelab-projects.yaml", projects);
      const text = folder.plan().stdout.replaceAll(/\n {14}/g, " ");
      return /^ {2}pipeline +\d+ resources\n +(.*)$/m.exec(text)?.[1];
    };
    assert.equal(line(""), "no webhooks, looks every 60 minutes for commits never built");
    const host = "  idp:webhookHost: hooks.example.com\n";
    const webhooks = "webhooks below https://hooks.example.com/push/";
    assert.equal(line(host), `${webhooks}, looks every 60 minutes for commits never built`);
    const never = `${settings}  idp:builds: {sweepMinutes: 0}\n`;
    assert.equal(line(host, never), `${webhooks}, does not look for commits never built`);
  });
});
