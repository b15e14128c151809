import type { ConfigMap, Stack } from "@pulumi/pulumi/automation";
import { platformNamespaces } from "../../model/platform-names";
import { vaultAccounts, vaultRoles } from "../../model/vault-names";
import type { ComponentPlan, PlannedResource } from "../../plan/planned-resource";
import { dispatchTokenSecret } from "../../model/dispatch-names";
import { statusTokenSecret } from "../../model/report-names";
import { GitHubStandIn } from "../github/stand-in";
import { GeneratedValues } from "./generated-values";
import { makeInstalledPlatform } from "./installed-platform";
import { kubectl } from "./kubectl";
import { OwnVault } from "./own-vault";
import { plannedComponents } from "./planned";
import { PodPrograms } from "./pod-program";
import { handBackVolumes } from "./pretended-nodes";
import { tokenIn, VaultClient } from "./vault-client";
import { makeVaultAccess } from "./vault-objects";
import { Workplace } from "./workplace";

/** Namespaces of the platform that projects put something into. */
const shared = [platformNamespaces.argoCd, platformNamespaces.argoEvents, platformNamespaces.harbor];

/** Tokens of the two owners on GitHub; no value of them may turn up in clear anywhere. */
export const gitHubTokens = {
  myorg: "github_pat_canary-myorg-4712",
  partner: "github_pat_canary-partner-4713",
} as const;

/** Tokens that end up in the cluster, by the names that the configuration and plans have for them; `partner` has none. */
export const reportTokens = {
  [statusTokenSecret("myorg")]: "github_pat_canary-status-4714",
  [dispatchTokenSecret]: "github_pat_canary-dispatch-4715",
} as const;

/** Path of the kv-v2 engine: the default. */
export const vaultMount = "idp";

/** The vault and projects stacks of one cluster whose platform is there, with a GitHub and a Vault of their own. */
export class ProjectsRun {
  readonly workplace = new Workplace("e2e/projects");
  readonly names = { platform: "lab", vault: "lab-vault", projects: "lab-projects" } as const;

  #leaveAccess: () => Promise<void> = () => Promise.resolve();
  #server: OwnVault | undefined;
  #vault: VaultClient | undefined;
  /** Stacks get no other token than this one. */
  #operatorToken = "";

  private constructor(
    readonly gitHub: GitHubStandIn,
    readonly programs: PodPrograms,
    readonly before: ReadonlySet<string>,
  ) {}

  static async start(): Promise<ProjectsRun> {
    // Those would be of another Vault.
    delete process.env["VAULT_ADDR"];
    delete process.env["VAULT_TOKEN"];
    const gitHub = await GitHubStandIn.start();
    populate(gitHub);
    return new ProjectsRun(gitHub, await PodPrograms.open(), clusterWide());
  }

  /** What the platform would have made, and a Vault that is sealed and empty. */
  async prepare(): Promise<void> {
    for (const namespace of shared) kubectl("create", "namespace", namespace);
    this.#leaveAccess = await makeVaultAccess();
    this.#server = await OwnVault.start();
    await makeInstalledPlatform(this.workplace, this.names.platform);
  }

  get server(): OwnVault {
    return this.#server ?? missing("Vault has not been started");
  }

  /** Vault for one who may do everything. */
  get vault(): VaultClient {
    return this.#vault ?? missing("nobody may do everything in Vault yet");
  }

  get operatorToken(): string {
    return this.#operatorToken;
  }

  /** From now on stacks are made as the operator, and rows look at Vault as who has its keys. */
  async takeRights(): Promise<void> {
    const account = { namespace: platformNamespaces.vault, name: vaultAccounts.operator };
    this.#operatorToken = tokenIn(await this.server.login(vaultRoles.operator, account));
    this.#vault = new VaultClient(this.server.address, await this.server.rootToken());
  }

  vaultStack(): Promise<Stack> {
    return this.#stack(this.names.vault, this.#config("vault"));
  }

  projectsStack(): Promise<Stack> {
    const owners = Object.entries(gitHubTokens).map(([owner, value]) => [`githubTokens.${owner}`, value] as const);
    const tokens = [...owners, ...Object.entries(reportTokens)].map(([key, value]): [string, ConfigMap[string]] => [
      `idp:${key}`,
      { value, secret: true },
    ]);
    return this.#stack(this.names.projects, {
      ...this.#config("projects"),
      "idp:gitOps.owner": { value: "myorg" },
      "idp:github.baseUrl": { value: this.gitHub.baseUrl },
      ...Object.fromEntries(tokens),
    });
  }

  /** What stands for the secrets of the plan, once the projects stack is up. */
  async secretValues(): Promise<GeneratedValues> {
    return GeneratedValues.of(await this.projectsStack(), reportTokens);
  }

  /** What a stack plans, from the same files as the engine. */
  planned(stack: string): readonly ComponentPlan[] {
    return plannedComponents(this.workplace, stack);
  }

  plannedResources(stack: string): readonly PlannedResource[] {
    return this.planned(stack).flatMap(({ resources }) => resources);
  }

  async stop(): Promise<void> {
    await this.gitHub.stop();
    const made = [...clusterWide()].filter((name) => !this.before.has(name));
    if (made.length > 0) kubectl("delete", "--ignore-not-found", "--wait=true", ...made);
    handBackVolumes();
    await this.#server?.stop();
    await this.#leaveAccess();
    this.programs.remove();
    this.workplace.remove();
  }

  #stack(name: string, config: ConfigMap): Promise<Stack> {
    return this.workplace.stack(name, config, { variables: { VAULT_TOKEN: this.#operatorToken } });
  }

  #config(role: string): ConfigMap {
    return {
      "idp:role": { value: role },
      "idp:platform": { value: this.names.platform },
      "idp:vaultAddress": { value: this.server.address },
    };
  }
}

/** One repository that is taken over and one that is only used; a person has set something about both. */
function populate({ hosted }: GitHubStandIn): void {
  for (const [owner, token] of Object.entries(gitHubTokens)) {
    hosted.addAccount(owner, "Organization");
    hosted.tokens.set(token, { owner, access: "write" });
  }
  hosted.tokens.set(reportTokens[statusTokenSecret("myorg")] ?? "", { owner: "myorg", access: "statuses" });
  hosted.tokens.set(reportTokens[dispatchTokenSecret] ?? "", { owner: "myorg", access: "contents" });
  const web = hosted.addRepository({ owner: "myorg", name: "shop-web", visibility: "public" });
  web.change({ description: "A person's words", has_wiki: false, delete_branch_on_merge: true });
  web.topics = ["shop"];
  web.vulnerabilityAlerts = true;
  const api = hosted.addRepository({ owner: "partner", name: "eu-api", visibility: "private" });
  for (const repository of [web, api]) repository.push("README.md", "# Here before\n", "First commit");
}

/** What these stacks make for the whole cluster, such as `namespace/shop`: a run that ended early leaves it to be removed. */
function clusterWide(): ReadonlySet<string> {
  const policies = ["validatingadmissionpolicies", "validatingadmissionpolicybindings"];
  const kinds = ["namespaces", "priorityclasses", "clusterworkflowtemplates.argoproj.io", "clusterrolebindings"];
  return new Set(
    kubectl("get", [...kinds, ...policies].join(","), "-o", "name")
      .trim()
      .split("\n"),
  );
}

function missing(problem: string): never {
  throw new Error(problem);
}
