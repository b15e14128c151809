import type { ConfigMap, Stack } from "@pulumi/pulumi/automation";
import { platformNamespaces, vaultAuthPath } from "../../model/platform-names";
import { signingMount } from "../../model/signing-names";
import type { ComponentPlan, PlannedResource } from "../../plan/planned-resource";
import { dispatchTokenSecret } from "../../model/dispatch-names";
import { statusTokenSecret } from "../../model/report-names";
import { GitHubStandIn } from "../github/stand-in";
import { GeneratedValues } from "./generated-values";
import { importInstalledPlatform } from "./installed-platform";
import { kubectl } from "./kubectl";
import { plannedComponents } from "./planned";
import { handBackVolumes } from "./pretended-nodes";
import { askVault, vaultAddress } from "./vault-client";
import { makeVaultPlace } from "./vault-place";
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

  #leaveVault: () => void = () => undefined;

  private constructor(
    readonly gitHub: GitHubStandIn,
    readonly before: ReadonlySet<string>,
  ) {}

  static async start(): Promise<ProjectsRun> {
    const gitHub = await GitHubStandIn.start();
    populate(gitHub);
    return new ProjectsRun(gitHub, clusterWide());
  }

  /** What the platform would have made. */
  async prepare(): Promise<void> {
    for (const namespace of shared) kubectl("create", "namespace", namespace);
    this.#leaveVault = await makeVaultPlace();
    await importInstalledPlatform(this.workplace, this.names.platform);
  }

  vaultStack(): Promise<Stack> {
    return this.workplace.stack(this.names.vault, this.#config("vault"));
  }

  projectsStack(): Promise<Stack> {
    const owners = Object.entries(gitHubTokens).map(([owner, value]) => [`githubTokens.${owner}`, value] as const);
    const tokens = [...owners, ...Object.entries(reportTokens)].map(([key, value]): [string, ConfigMap[string]] => [
      `idp:${key}`,
      { value, secret: true },
    ]);
    return this.workplace.stack(this.names.projects, {
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
    await emptyVault();
    this.#leaveVault();
    this.workplace.remove();
  }

  #config(role: string): ConfigMap {
    return {
      "idp:role": { value: role },
      "idp:platform": { value: this.names.platform },
      "idp:vaultAddress": { value: vaultAddress() },
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
  const kinds = ["namespaces", "priorityclasses", "clusterworkflowtemplates.argoproj.io", ...policies];
  return new Set(kubectl("get", kinds.join(","), "-o", "name").trim().split("\n"));
}

/** A Vault on this machine may serve the next run. */
async function emptyVault(): Promise<void> {
  const mounts = [vaultMount, signingMount(vaultMount)].map((mount) => `sys/mounts/${mount}`);
  const paths = [...mounts, `sys/auth/${vaultAuthPath}`, "sys/audit/file"];
  for (const path of paths) await askVault({ method: "DELETE", path });
}
