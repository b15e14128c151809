import { type ChildProcess, spawn } from "node:child_process";
import { Obstacle } from "./obstacle";

/** What `kubectl` said, or why it said nothing. */
export type KubectlAnswer =
  | { readonly kind: "done"; readonly text: string }
  | KubectlFailure
  /** The object is not there. */
  | { readonly kind: "absent" }
  /** The person has no right to ask that. */
  | { readonly kind: "denied" };

/** Why nothing can be known of anything in the cluster. */
export interface KubectlFailure {
  readonly kind: "failed";
  /** What is wrong; what to do. */
  readonly sentence: string;
}

/** Asks the cluster's API server with the rights of the person. */
export type Kubectl = (...args: readonly string[]) => Promise<KubectlAnswer>;

export interface KubectlOptions {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Name of the platform stack, whose file names the context. */
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Told of each process while it runs, to end it. */
  readonly follow?: (child: ChildProcess) => void;
}

/** Without this, kubectl waits for a server that does not answer for as long as the network does. */
const patience = ["--request-timeout", "10s"];

export function kubectlOf(options: KubectlOptions): Kubectl {
  return async (...args) => {
    const { code, stdout, stderr } = await outcome(["--context", options.context, ...patience, ...args], options);
    if (code === 0) return { kind: "done", text: stdout };
    if (stderr.includes("(NotFound)")) return { kind: "absent" };
    if (stderr.includes("(Forbidden)")) return { kind: "denied" };
    return { kind: "failed", sentence: code === "absent" ? noKubectl : failure(stderr, options) };
  };
}

const noKubectl = "there is no command `kubectl` here; install it, and give it the kubeconfig of the cluster";

interface Outcome {
  readonly code: number | "absent";
  readonly stdout: string;
  readonly stderr: string;
}

async function outcome(args: readonly string[], { environment, follow }: KubectlOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    // Without standard input, which belongs to the command that comes after.
    const child = spawn("kubectl", args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    follow?.(child);
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
    }
    child.on("error", ({ message }) => {
      resolve({ code: message.includes("ENOENT") ? "absent" : 1, stdout: "", stderr: `error: ${message}` });
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, ...texts });
    });
  });
}

/** Sources: kubernetes/kubernetes, staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go; client-go, tools/clientcmd/validation.go */
function failure(stderr: string, { context, platform }: KubectlOptions): string {
  if (/context "?[^\n]*"? does not exist|context was not found/.test(stderr)) {
    return (
      `the kubeconfig has no context \`${context}\`; \`kubectl config get-contexts\` lists those that it has, ` +
      `\`idp:kubernetes.context\` of Pulumi.${platform}.yaml says which one it is`
    );
  }
  if (/\(Unauthorized\)|You must be logged in to the server/.test(stderr)) {
    return `the cluster does not know who you are; log in again for the context \`${context}\` of the kubeconfig`;
  }
  if (/Unable to connect|was refused|dial tcp|timeout|deadline|no such host|ServiceUnavailable/i.test(stderr)) {
    return `the API server of the context \`${context}\` does not answer; see whether the cluster runs and can be reached from here`;
  }
  // Everything before it is what kubectl says to itself.
  const said = stderr.trim().split("\n").at(-1) ?? "";
  return `kubectl fails: ${said === "" ? "it does not say why" : said.slice(0, 300)}; try \`kubectl --context ${context} get nodes\``;
}

/** What an answer holds; undefined where the object is not there. `what` is what the person may not do, such as `read the Secret x`. */
export function textOf(answer: KubectlAnswer, what: string): string | undefined {
  switch (answer.kind) {
    case "done":
      return answer.text;
    case "absent":
      return undefined;
    case "denied":
      throw new Obstacle(`you may not ${what}; use a kubeconfig with the right to do that`);
    case "failed":
      throw new Obstacle(answer.sentence);
  }
}
