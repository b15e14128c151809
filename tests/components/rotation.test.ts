import assert from "node:assert/strict";
import { ProjectComponent } from "../../components/project";
import { planProject } from "../../plan/projects/project";
import { gitHubProviders } from "../support/github-providers";
import { deploy } from "../support/mock-engine";
import { anApplication } from "../support/project-network";
import { someCluster, someProject } from "../support/some-project";

const databases = [{ name: "main", type: "postgres", version: "17", size: "5Gi" }];

async function register(rotation: number) {
  const secrets = { SESSION_KEY: "generated" };
  const applications = [anApplication("api", { uses: ["main"], secrets, rotation })];
  const plan = planProject(someProject({ applications, databases }), someCluster);
  const registered = await deploy(() => new ProjectComponent({ plan, gitHub: gitHubProviders() }));
  return new Map(registered.map((registration) => [registration.name, registration]));
}

describe("rotation of a project's secrets in the engine", () => {
  it("of 0 asks for what a state from before has", async () => {
    const password = (await register(0)).get("shop.api.secret-SESSION_KEY");
    assert.deepEqual(password?.inputs, { length: 32, special: false });
  });

  it("makes a password anew by what it keeps, and no other of the project", async () => {
    const [before, after] = [await register(1), await register(2)];
    const changed = [...after.values()].filter(
      ({ name, inputs }) => JSON.stringify(inputs) !== JSON.stringify(before.get(name)?.inputs),
    );
    assert.deepEqual(
      changed.map(({ name }) => name),
      ["shop.api.application-file", "shop.api.secret-SESSION_KEY"],
    );
    const { inputs } = after.get("shop.api.secret-SESSION_KEY") ?? assert.fail();
    assert.deepEqual(inputs["keepers"], { rotation: "2" });
  });

  it("lets the engine replace it, the new one first: the old one is there until Vault has the new one", async () => {
    const registered = await register(1);
    const password = registered.get("shop.api.secret-SESSION_KEY") ?? assert.fail();
    const leaf = registered.get("shop.api.secrets") ?? assert.fail();
    const file = registered.get("shop.api.application-file") ?? assert.fail();
    assert.deepEqual([password.protect, password.deleteBeforeReplace, password.replaceWith], [false, false, []]);
    assert.deepEqual([leaf.protect, leaf.deleteBeforeReplace, leaf.replaceWith], [true, false, []]);
    assert.ok(leaf.dependencies.includes(password.urn));
    assert.ok(file.dependencies.includes(leaf.urn));
    for (const name of ["shop.main.password", "shop.main.root-password"]) {
      const { protect, inputs } = registered.get(name) ?? assert.fail();
      assert.deepEqual([protect, inputs["keepers"]], [true, undefined], name);
    }
  });
});
