import assert from "node:assert/strict";
import { z } from "zod";
import {
  applicationSecretName,
  applicationVaultPath,
  databaseVaultPath,
  enteredVaultPath,
  volumeClaimName,
} from "../../model/names";
import { exists, getObject, listObjects } from "../support/kubectl";
import { type ProjectsRun, vaultMount } from "../support/projects-run";
import { refusalOf, stepsOf, type Touched, touchedBy } from "../support/touched";

/** What one change of a project's file touches, and what it leaves alone. */
export function changeRows(current: () => ProjectsRun): void {
  describe("role projects, one change at a time", () => {
    it("a build argument touches the template of that application's builds and nothing else", async () => {
      const { workplace } = current();
      const shop = workplace.readProject("shop");
      assert.deepEqual(await upWith(current(), shop.replace("CHANNEL: stable", "CHANNEL: next")), [
        "update shop.api.build",
      ]);
      assert.deepEqual(await upWith(current(), shop), ["update shop.api.build"]);
    });

    it("T06: another branch touches what goes by it, the rules of the Sensor among it, and neither event source nor Sensor", async () => {
      const { gitHub, workplace } = current();
      const shop = workplace.readProject("shop");
      const before = gitHub.exchanges.length;
      const changed = await upWith(current(), withBranch(shop, "worker", "next"));
      assert.deepEqual(changed, [
        "create shop.myorg.shop-api.ruleset/next",
        "update pipeline.push-rules",
        "update shop.sweep-list",
        "update shop.worker.build",
      ]);
      const rulesets = [...(gitHub.hosted.find("myorg", "shop-api")?.rulesets.values() ?? [])];
      assert.deepEqual(rulesets.map(({ content }) => content["name"]).sort(), ["shop: next", "shop: production"]);
      assert.deepEqual(gitHub.writesSince(before), ["POST /api/v3/repos/myorg/shop-api/rulesets 201"]);
      const back = await upWith(current(), shop);
      assert.deepEqual(back, [
        "delete shop.myorg.shop-api.ruleset/next",
        "update pipeline.push-rules",
        "update shop.sweep-list",
        "update shop.worker.build",
      ]);
    });

    it("a new environment makes a project of its own, and of the old one nothing is touched", async () => {
      const { gitHub, workplace } = current();
      const data = dataOf("shop");
      const touched = await upWith(current(), withEnvironment(workplace.readProject("shop")));
      const others = touched.filter((text) => !/^create shop-develop(\.|$)/.test(text));
      assert.deepEqual(others, environmentTouches);
      assert.ok(touched.length > 40);
      assert.deepEqual(dataOf("shop"), data);
      assert.equal(data.length, 4);
      assert.deepEqual(names("statefulsets", "shop-develop"), ["queue"]);
      assert.deepEqual(names("workflowtemplates", "shop-develop-build"), ["api"]);
      const api = gitHub.hosted.find("myorg", "shop-api");
      const paths = [...(api?.hooks.values() ?? [])].map(
        ({ config }) => new URL(z.string().parse(config["url"])).pathname,
      );
      assert.deepEqual(paths.sort(), ["/push/shop-develop/myorg/shop-api", "/push/shop/myorg/shop-api"]);
      assert.equal(api?.keys.size, 2);
      await (await current().projectsStack()).up({ expectNoChanges: true });
    });

    it("T26: without the environment, preview and up stop before the first change, and say how to go on", async () => {
      const { gitHub, workplace } = current();
      const shop = workplace.readProject("shop");
      const before = gitHub.exchanges.length;
      workplace.writeProject("shop", withoutEnvironment(shop));
      const stack = await current().projectsStack();
      for (const run of [() => stack.preview(), () => stack.up()])
        assert.match(await refusalOf(run()), environmentRefusal);
      assert.deepEqual(gitHub.exchanges.slice(before), []);
      workplace.writeProject("shop", shop);
      await stack.up({ expectNoChanges: true });
    });

    it("T22, T26: given up as docs/runbook.md says, it goes and its data stay, and the old project keeps all", async () => {
      const { names: stacks, workplace } = current();
      const data = dataOf("shop");
      const stack = await current().projectsStack();
      await stack.setConfig("idp:giveUp[0]", { value: "shop-develop" }, true);
      workplace.unprotectBelow(stacks.projects, "shop-develop.");
      const touched = await upWith(current(), withoutEnvironment(workplace.readProject("shop")));
      const others = touched.filter((text) => !/^delete shop-develop(\.|$)/.test(text));
      assert.deepEqual(others, environmentTouches);
      assert.deepEqual(names("statefulsets", "shop-develop"), []);
      assert.ok(exists("persistentvolumeclaim", volumeClaimName("queue"), "shop-develop"));
      assert.deepEqual(dataOf("shop"), data);
      await stack.removeConfig("idp:giveUp[0]", true);
      await (await current().projectsStack()).up({ expectNoChanges: true });
    });

    it("a raised `rotation` makes an application's generated secrets anew, in Vault before in its file, and nothing else", async () => {
      const { gitHub, vault, workplace } = current();
      const generated = applicationVaultPath("shop", "api");
      const kept = [databaseVaultPath("shop", "orders"), enteredVaultPath("shop", "api", "PAYMENT_KEY")];
      const read = (paths: readonly string[]) => Promise.all(paths.map((path) => vault.readSecret(vaultMount, path)));
      const [[old], others] = [await read([generated]), await read(kept)];
      const shop = workplace.readProject("shop");
      workplace.writeProject(
        "shop",
        shop.replace("  - name: api\n", (line) => `${line}    rotation: 1\n`),
      );
      const stack = await current().projectsStack();
      const steps = await stepsOf((onEvent) => stack.up({ onEvent }));
      assert.deepEqual([...new Set(steps.map(({ name }) => name))].sort(), [
        "shop.api.application-file",
        "shop.api.secret-SESSION_KEY",
        "shop.api.secrets",
      ]);
      const [written, asked] = ["end of shop.api.secrets", "begin of shop.api.application-file"].map((step) =>
        steps.findIndex(({ name, moment }) => `${moment} of ${name}` === step),
      );
      assert.ok(written !== undefined && asked !== undefined && written >= 0 && written < asked);
      const [[now], unchanged] = [await read([generated]), await read(kept)];
      assert.deepEqual(Object.keys(now?.data ?? {}), Object.keys(old?.data ?? {}));
      assert.notEqual(now?.data["SESSION_KEY"], old?.data["SESSION_KEY"]);
      assert.equal(now?.metadata.version, (old?.metadata.version ?? 0) + 1);
      assert.deepEqual(unchanged, others);
      const file = gitHub.hosted.find("myorg", "projects-gitops")?.file("apps/shop/api/application.yaml") ?? "";
      assert.ok(file.includes(applicationSecretName("api", 1)));
      await stack.up({ expectNoChanges: true });
    });
  });
}

/** What all projects share: one more webhook, one more application, and one more path that leads to them. */
const environmentTouches = [
  "update pipeline.event-source",
  "update pipeline.push-rules",
  "update pipeline.route-https",
  "update pipeline.sensor",
];

const environmentRefusal =
  /projects\/shop\.yaml: no longer has the environment develop, and with it the database queue \(redis 7\.0, 1Gi\).*put the environment back, or retire shop-develop/;

const environment =
  "    environments: [{ name: develop, branch: develop, domains: [develop.shop.example], databases: [queue] }]\n";

function withEnvironment(shop: string): string {
  return shop.replace("    uses: [orders, queue]\n", (line) => `${line}${environment}`);
}

function withoutEnvironment(shop: string): string {
  return shop.replace(environment, "");
}

function withBranch(shop: string, application: string, branch: string): string {
  const from = shop.indexOf(`- name: ${application}`);
  return shop.slice(0, from) + shop.slice(from).replace(/branch: [a-z]+/, `branch: ${branch}`);
}

/** Brings the cluster to a project's text, and says in order what that touched. */
async function upWith(run: ProjectsRun, text: string): Promise<readonly string[]> {
  assert.notEqual(run.workplace.readProject("shop"), text);
  run.workplace.writeProject("shop", text);
  const stack = await run.projectsStack();
  const touched = await touchedBy((onEvent) => stack.up({ onEvent }));
  return touched.map(({ operation, name }: Touched) => `${operation} ${name}`).sort();
}

/** Servers and volumes of a namespace, as they were made. */
function dataOf(namespace: string): readonly string[] {
  return ["statefulsets", "persistentvolumeclaims"].flatMap((kind) =>
    names(kind, namespace).map((name) => {
      const { uid, generation } = getObject(kind, name, namespace).metadata;
      return `${kind} ${name} ${String(uid)} ${String(generation)}`;
    }),
  );
}

function names(kind: string, namespace: string): readonly string[] {
  return listObjects(kind, "-n", namespace).map(({ metadata }) => metadata.name);
}
