import { execFileSync } from "node:child_process";
import type { IPod } from "kubernetes-models/v1/Pod";
import { databaseEngines } from "../../../model/database-engines";
import { databaseSecretName } from "../../../model/names";
import { restrictedContainer, restrictedPod } from "../../../plan/container-security";
import { credentialKeys, secretVariable } from "../../../plan/projects/engines/engine-server";
import { kubectl } from "../../support/kubectl";
import { type DatabaseDialect, dialects } from "./database-dialects";
import { type NodeDatabase, projectName } from "./database-project";
import { type PodAnswer, runInPod } from "./run-in-pod";

/** The users that a database's Secret names. */
export type Account = "application" | "root";

/** By shell variable: where a script of a dialect finds what the Secret holds. */
const variables = {
  HOST: credentialKeys.host,
  PORT: credentialKeys.port,
  DATABASE: credentialKeys.database,
  URL: credentialKeys.url,
  USERNAME: credentialKeys.username,
  PASSWORD: credentialKeys.password,
  ROOT_USERNAME: credentialKeys.rootUsername,
  ROOT_PASSWORD: credentialKeys.rootPassword,
} as const;

const logins: Readonly<Record<Account, string>> = { application: "$USERNAME", root: "$ROOT_USERNAME" };

const ownPasswords: Readonly<Record<Account, string>> = { application: "$PASSWORD", root: "$ROOT_PASSWORD" };

/** A pod of the project that talks to one of its databases, with nothing but what the database's Secret holds. */
export class DatabaseClient {
  readonly database: NodeDatabase;
  readonly dialect: DatabaseDialect;
  readonly #pod: string;

  constructor(database: NodeDatabase) {
    this.dialect = dialects[database.engine];
    this.database = database;
    this.#pod = `${database.name}-client`;
  }

  start(): void {
    const input = JSON.stringify(this.#manifest());
    execFileSync("kubectl", ["apply", "--server-side", "-f", "-"], { input, stdio: ["pipe", "ignore", "inherit"] });
    kubectl("wait", "-n", projectName, "--for=condition=Ready", `pod/${this.#pod}`, "--timeout=120s");
  }

  /** Asks as a user with the user's own password. */
  ask(account: Account, statement: readonly string[]): PodAnswer {
    return this.askWith(account, ownPasswords[account], statement);
  }

  /** Asks with another password: text, or a variable such as `$ROOT_PASSWORD`. */
  askWith(account: Account, password: string, statement: readonly string[]): PodAnswer {
    const script = `LOGIN="${logins[account]}" LOGIN_PASSWORD="${password}"; export LOGIN LOGIN_PASSWORD; ${this.dialect.ask}`;
    return this.#run(script, statement);
  }

  /** Asks by the connection URL alone. */
  askByUrl(statement: readonly string[]): PodAnswer {
    const { askByUrl } = this.dialect;
    if (askByUrl === undefined) throw new Error(`the client of ${this.database.engine} takes no URL`);
    return this.#run(askByUrl, statement);
  }

  #run(script: string, statement: readonly string[]): PodAnswer {
    return runInPod({ namespace: projectName, pod: this.#pod, command: ["sh", "-c", script, "sh", ...statement] });
  }

  #manifest(): IPod {
    const { name, engine, image } = this.database;
    const secret = databaseSecretName(name);
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: this.#pod, namespace: projectName },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 0,
        securityContext: restrictedPod(databaseEngines[engine].user),
        containers: [
          {
            name: "client",
            image,
            command: ["sleep", "infinity"],
            env: Object.entries(variables).map(([variable, key]) => secretVariable(variable, secret, key)),
            resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
            securityContext: { ...restrictedContainer(), readOnlyRootFilesystem: true },
          },
        ],
      },
    };
  }
}
