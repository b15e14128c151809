import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registryState } from "../../plan/projects/registry-state";
import { failed, pinnedAt, succeeded, afterFirst } from "../support/harbor/outcomes";
import { adminPassword, jobContainer, robotPassword, setUp } from "../support/harbor/set-up";
import { HarborStandIn } from "../support/harbor/stand-in";

const project = pinnedAt("a".repeat(40));
const state = registryState(project);

describe("program harbor-project and odd text", () => {
  const folder = mkdtempSync(join(tmpdir(), "idp-test-"));
  const marker = join(folder, "marker");
  let harbor: HarborStandIn;
  let url: string;

  beforeEach(async () => {
    harbor = new HarborStandIn(adminPassword);
    url = await harbor.listen("127.0.0.1");
  });

  afterEach(() => harbor.close());

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("sends a name as one part of one path, whatever is in it", async () => {
    const hostile = [
      ...["a/../../robots?public=true#", "%2e%2e%2fusers", "`id` {} ünï '"],
      ...[`"; touch ${marker}; "`, `line\nbreak: $(touch ${marker})`],
    ];
    const runs = hostile.map(async (name) => {
      const environment = { DESIRED_STATE: JSON.stringify({ ...state, project: name }) };
      failed(
        await setUp({ project, url, environment }),
        /^Harbor answers 400 to POST \/api\/v2.0\/projects: project name /,
      );
    });
    await Promise.all(runs);
    const asked = [...new Set(harbor.requests.map(({ method, path }) => `${method} ${path}`))].sort();
    assert.deepEqual(
      asked,
      [
        "POST /api/v2.0/projects",
        ...hostile.map((name) => `GET /api/v2.0/projects/${encodeURIComponent(name)}`),
      ].sort(),
    );
    assert.deepEqual(harbor.api.projects.all, []);
    assert.ok(!existsSync(marker));
  });

  it("takes passwords as they are", async () => {
    const admin = `Aa1"'\\ $(touch ${marker}) \n€: \t\``;
    const robot = `Bb2'"\\ $(touch ${marker}) %41 \u2028 {}`;
    harbor.api.adminPassword = admin.trim();
    succeeded(await setUp({ project, url, passwords: { admin, robot } }), afterFirst);
    assert.ok(harbor.api.robots.login("robot$shop+ci", robot));
    assert.ok(!existsSync(marker));
  });

  it("T16: prints no password, even one that Harbor repeats", async () => {
    const { code, lines, complaint } = await setUp({ project, url });
    assert.doesNotMatch([code, ...lines, complaint].join("\n"), /Canary/);
    const echo = await echoing();
    const ended = await setUp({ project, url: echo.url });
    failed(ended, /^Harbor answers 400 to GET \/api\/v2.0\/projects\/shop: admin:\*\*\* is not welcome$/);
    echo.server.close();
  });

  it("T16: has no password among its arguments and its variables", () => {
    const { command, args, variables } = jobContainer(project);
    assert.deepEqual([command, args.length], [["node"], 3]);
    assert.doesNotMatch(JSON.stringify([args, variables]), /Canary|<secret|\$secret/);
    assert.deepEqual(
      Object.keys(variables).filter((name) => name.includes("PASSWORD")),
      ["ADMIN_PASSWORD_FILE", "ROBOT_PASSWORD_FILE"],
    );
    assert.doesNotMatch(JSON.stringify(variables), new RegExp(`${adminPassword}|${robotPassword}`));
  });

  it("holds nothing that Kubernetes would replace in arguments and variables", () => {
    const { args, variables } = jobContainer(project);
    // Source: kubernetes third_party/forked/golang/expansion/expand.go
    for (const text of [...args, ...Object.values(variables)]) assert.doesNotMatch(text, /\$[$(]/);
  });
});

/** A server that repeats what it was sent. */
async function echoing(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const text = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString("utf8");
    response
      .writeHead(400)
      .end(JSON.stringify({ errors: [{ code: "BAD_REQUEST", message: `${text} is not welcome` }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}` };
}
