import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Stack } from "@pulumi/pulumi/automation";
import { databaseEngines } from "../../model/database-engines";
import { engineServers } from "../../plan/projects/engines/engine-servers";
import { sayObstacles } from "../support/environment";
import { removeProject } from "./support/clean-up";
import { type Account, DatabaseClient } from "./support/database-client";
import { databasePodName, deleteStatefulSet, podId, replacePod, statefulSet, volumeOf } from "./support/database-pod";
import { nodeDatabases, projectName } from "./support/database-project";
import { DatabaseStack } from "./support/database-stack";
import { nodeObstacles } from "./support/environment";
import { eventually } from "./support/eventually";
import { runInPod } from "./support/run-in-pod";
import { nameStandIn, type StandInEngine, standIns } from "./support/stand-in-images";

const titles: Readonly<Record<StandInEngine, string>> = {
  postgres: "postgres 15",
  mysql: "mysql 8.0 (MariaDB 10.11 stands in, with an entrypoint made for these rows)",
  redis: "redis 7.0",
};

const accounts: readonly Account[] = ["application", "root"];

describe("databases in containers that run", function () {
  this.timeout(300_000);
  this.slow(1000);
  const clients = nodeDatabases().map((database) => new DatabaseClient(database));
  const names = clients.map(({ database }) => database.name);
  /** What is written in each database, and must be found again; another text in each run. */
  const text = randomUUID();
  const work = new DatabaseStack();
  let stack: Stack;
  let canRun = false;

  before(async function () {
    this.timeout(900_000);
    canRun = !sayObstacles(await nodeObstacles());
    if (!canRun) this.skip();
    removeProject();
    for (const { database } of clients) await nameStandIn(standIns[database.engine], database.image);
    stack = await work.open();
    await stack.up();
    for (const client of clients) client.start();
  });

  after(() => {
    work.remove();
    if (canRun) removeProject();
  });

  it("are all ready once up has ended", () => {
    for (const name of names) assert.equal(statefulSet(name).status.readyReplicas, 1, name);
  });

  for (const client of clients) {
    const { database, dialect } = client;
    const { name, engine } = database;
    const users = engineServers[engine].accounts;

    describe(titles[engine], () => {
      it("runs as the image's own user, on a file system that takes nothing", () => {
        const pod = { namespace: projectName, pod: databasePodName(name) };
        assert.equal(runInPod({ ...pod, command: ["id", "-u"] }).output, String(databaseEngines[engine].user));
        assert.match(runInPod({ ...pod, command: ["touch", "/etc/probe"] }).complaint, /Read-only file system/);
      });

      it("lets a client pod in over the Service, with the generated password of each user", () => {
        for (const account of accounts) {
          const { output, complaint } = client.ask(account, dialect.whoAmI);
          assert.equal(output, users[account], complaint);
        }
      });

      if (dialect.askByUrl !== undefined) {
        it("lets a client pod in by the URL of the Secret", () => {
          const { output, complaint } = client.askByUrl(dialect.whoAmI);
          assert.equal(output, users.application, complaint);
        });
      }

      it("refuses a wrong password, none, and the one of the other user", () => {
        const passwordOfTheOther = { application: "$ROOT_PASSWORD", root: "$PASSWORD" } as const;
        for (const account of accounts) {
          for (const password of ["wrong", "", passwordOfTheOther[account]]) {
            const { succeeded, complaint } = client.askWith(account, password, dialect.whoAmI);
            assert.ok(!succeeded, `${account} got in with "${password}"`);
            assert.match(complaint, dialect.loginRefused);
          }
        }
      });

      it("lets root administer the server, and no application", () => {
        for (const statement of dialect.administer) {
          const { succeeded, complaint } = client.ask("application", statement);
          assert.ok(!succeeded, statement.join(" "));
          assert.match(complaint, dialect.adminRefused);
        }
        for (const statement of dialect.administer) {
          const { succeeded, complaint } = client.ask("root", statement);
          assert.ok(succeeded, complaint);
        }
      });

      it("keeps what the application wrote when its pod is deleted", async () => {
        const written = client.ask("application", dialect.write(text));
        assert.ok(written.succeeded, written.complaint);
        const old = { pod: podId(name), volume: volumeOf(name) };
        replacePod(name);
        assert.notEqual(podId(name), old.pod);
        assert.equal(volumeOf(name), old.volume);
        await assertFound(client, text);
      });
    });
  }

  describe("all of them", () => {
    it("are left alone by another up and a refresh", async () => {
      const state = () => names.map((name) => ({ pod: podId(name), set: statefulSet(name).metadata }));
      const before = state();
      await stack.up({ expectNoChanges: true });
      await stack.refresh();
      await stack.preview({ expectNoChanges: true });
      assert.deepEqual(state(), before);
    });

    it("keep what was written when their StatefulSets are deleted, and up makes new ones", async () => {
      const old = names.map((name) => ({ set: statefulSet(name).metadata.uid, volume: volumeOf(name) }));
      for (const name of names) deleteStatefulSet(name);
      await stack.up({ refresh: true });
      for (const [index, name] of names.entries()) {
        assert.notEqual(statefulSet(name).metadata.uid, old[index]?.set);
        assert.equal(volumeOf(name), old[index]?.volume);
      }
      for (const client of clients) await assertFound(client, text);
    });
  });
});

/** With patience: the node hears of a new pod's address a moment after it is ready. */
async function assertFound(client: DatabaseClient, text: string): Promise<void> {
  const ask = () => client.ask("application", client.dialect.read);
  const { output, complaint } = await eventually(ask, ({ succeeded }) => succeeded);
  assert.equal(output, text, complaint);
}
