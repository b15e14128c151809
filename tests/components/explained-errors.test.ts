import assert from "node:assert/strict";
import { explainedErrors } from "../../components/explained-errors";
import { ProjectComponent } from "../../components/project";
import { planProject } from "../../plan/projects/project";
import { gitHubProviders } from "../support/github-providers";
import { deploy, type Registration } from "../support/mock-engine";
import { someCluster, someProject } from "../support/some-project";

const applications = [{ name: "api", git: { type: "github", owner: "myorg", repo: "my-api" }, port: 80 }];
const databases = [{ name: "mysql", type: "mysql", version: "8.0", size: "5Gi" }];

function register(hooks: () => ReturnType<typeof explainedErrors> | undefined): Promise<readonly Registration[]> {
  return deploy(() => {
    const found = hooks();
    const plan = planProject(someProject({ applications, databases }), someCluster);
    return new ProjectComponent({ plan, gitHub: gitHubProviders() }, found ? { hooks: found } : {});
  });
}

describe("explained errors", () => {
  it("are told by one hook for all resources that a component makes", async () => {
    const registered = (await register(explainedErrors)).filter(
      ({ custom, type }) => custom && !type.startsWith("pulumi:"),
    );
    assert.ok(registered.length > 20);
    for (const { name, errorHooks } of registered) assert.deepEqual(errorHooks, ["explained-errors"], name);
  });

  it("are left out where nobody asks for them", async () => {
    const registered = await register(() => undefined);
    assert.ok(registered.every(({ errorHooks }) => errorHooks.length === 0));
  });

  it("are not tried again", async () => {
    let answer: boolean | undefined;
    await deploy(async () => {
      const [hook] = explainedErrors().onError ?? [];
      const failure = {
        urn: "urn",
        id: "",
        name: "shop.x",
        type: "vault:index/policy:Policy",
        failedOperation: "create",
      };
      answer = await hook?.callback({ ...failure, errors: ["unknown"] });
    });
    assert.equal(answer, false);
  });
});
