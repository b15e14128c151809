import { createServer } from "node:https";
import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import { deliveryFolder, registrySecretName } from "../../../model/names";
import {
  gitOpsWriteKeySecretName,
  releaseNamespace,
  repositoryKeysSecretName,
  repositoryName,
  webhookKeysSecretName,
  webhookPath,
} from "../../../model/repository-names";
import { BareRepository } from "../../../tests/support/git/bare-repository";
import { StatusService } from "../../../tests/support/releases/status-service";
import { someCluster } from "../../../tests/support/some-project";
import { EventSourceStandIn } from "../../../tests/support/sweep/event-source-stand-in";
import { RegistryStandIn } from "../../../tests/support/sweep/registry-stand-in";
import { serverHost } from "../../support/environment";
import { secretData } from "../../support/kubectl";
import { ClusterNames } from "./cluster-names";
import { GitOverSsh } from "./git-over-ssh";
import { InstalledTemplates } from "./installed-templates";
import { NodeStack } from "./node-stack";
import { placeEventSource, registryPort } from "./pipeline-place";
import {
  applicationName,
  buildNamespace,
  pipelineComponent,
  type PipelineFacts,
  pipelineSecrets,
  projectName,
  source,
} from "./pipeline-project";
import { newCertificate, type OwnCertificate } from "./registry-certificate";
import { StepRuns } from "./step-runs";

/** The pipeline's objects on the node, and stand-ins of all that its steps talk to. */
export interface PipelineRun {
  readonly stack: Stack;
  readonly templates: InstalledTemplates;
  readonly runs: StepRuns;
  readonly sources: BareRepository;
  readonly gitOps: BareRepository;
  readonly gitHub: StatusService;
  readonly events: EventSourceStandIn;
  readonly registry: RegistryStandIn;
  /** Everything secret that some pod has. */
  readonly secrets: GeneratedSecrets & { readonly token: string; readonly chat: string };
}

interface GeneratedSecrets {
  readonly readKey: string;
  readonly writeKey: string;
  readonly signingKey: string;
  readonly registryPassword: string;
}

const {
  registryHost,
  gitHub: { host: gitHost },
  gitOps,
} = someCluster;
const repository = repositoryName(source.owner, source.repo);
const logins = z.object({ auths: z.record(z.string(), z.object({ username: z.string(), password: z.string() })) });

/** Makes and takes away everything that the rows need, on this machine and in the cluster. */
export class PipelineWorld {
  readonly #host = serverHost();
  readonly #ends: (() => unknown)[] = [];

  async open(): Promise<PipelineRun> {
    const git = this.#closed(new GitOverSsh(this.#host), (server) => server.stop());
    const gitHub = this.#closed(new StatusService(), (server) => server.close());
    await gitHub.listen({ host: this.#host });
    const tls = newCertificate(registryHost);
    const facts = {
      ...{ gitHubApi: gitHub.address, knownHosts: git.knownHosts(gitHost) },
      registryCertificate: tls.certificate,
    };
    const [stack, [token = "", chat = ""]] = [await this.#stack(facts), Object.values(pipelineSecrets(facts))];
    await stack.up();
    const generated = readSecrets();
    const repositories = await this.#serve(git, generated);
    const services = { registry: await this.#registry(tls), events: await this.#events(generated) };
    const names = this.#closed(new ClusterNames(), (lines) => {
      lines.restore();
    });
    await names.lead([gitHost, registryHost], this.#host);
    const own = { stack, templates: new InstalledTemplates(), runs: new StepRuns() };
    return { ...own, ...repositories, gitHub, ...services, secrets: { ...generated, token, chat } };
  }

  /** Also what an `open` that failed had made. */
  async close(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }

  async #stack(facts: PipelineFacts): Promise<Stack> {
    const work = new NodeStack(projectName, () => pipelineComponent(facts), pipelineSecrets(facts));
    this.#closed(work, () => {
      work.remove();
    });
    return work.open();
  }

  async #serve(git: GitOverSsh, { readKey, writeKey }: GeneratedSecrets) {
    const [sources, delivered] = [this.#repository(), this.#repository()];
    delivered.commit({
      files: { [`${deliveryFolder(projectName, applicationName)}/application.yaml`]: "kind: Deployment\n" },
    });
    const { owner, repo } = source;
    git.admit({ key: readKey, may: "read", repository: `${owner}/${repo}.git`, path: sources.path });
    const name = `${gitOps.owner}/${gitOps.repository}.git`;
    git.admit({ key: writeKey, may: "write", repository: name, path: delivered.path });
    await git.start();
    return { sources, gitOps: delivered };
  }

  #repository(): BareRepository {
    return this.#closed(new BareRepository(), (made) => {
      made.remove();
    });
  }

  async #registry({ key, certificate: cert }: OwnCertificate): Promise<RegistryStandIn> {
    const front = {
      account: registryAccount(),
      origin: `https://${registryHost}`,
      serve: (handler: Parameters<typeof createServer>[1]) => createServer({ key, cert }, handler),
    };
    const registry = this.#closed(new RegistryStandIn(front), (server) => server.close());
    await registry.listen({ host: this.#host, port: registryPort });
    return registry;
  }

  async #events({ signingKey }: GeneratedSecrets): Promise<EventSourceStandIn> {
    const own = webhookPath(projectName, source.owner, source.repo);
    const keyOf = (path: string) => (path === own ? signingKey : undefined);
    const events = this.#closed(new EventSourceStandIn(keyOf), (server) => server.close());
    await events.listen({ host: this.#host });
    placeEventSource(new URL(events.address));
    return events;
  }

  #closed<T>(made: T, end: (made: T) => unknown): T {
    this.#ends.push(() => end(made));
    return made;
  }
}

function readSecrets(): GeneratedSecrets {
  const secret = (name: string, key: string, namespace = buildNamespace) => secretData(name, namespace)[key] ?? "";
  return {
    readKey: secret(repositoryKeysSecretName, repository),
    writeKey: secret(gitOpsWriteKeySecretName, "sshPrivateKey", releaseNamespace),
    signingKey: secret(webhookKeysSecretName, repository),
    registryPassword: registryAccount().password,
  };
}

/** The robot account as builds have it. */
function registryAccount() {
  const text = secretData(registrySecretName, buildNamespace)[".dockerconfigjson"] ?? "";
  const account = logins.parse(JSON.parse(text)).auths[registryHost];
  if (!account) throw new Error(`the Secret ${registrySecretName} has no account for ${registryHost}`);
  return account;
}
