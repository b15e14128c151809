import { spawn } from "node:child_process";

/** Runs kubectl while this process goes on, since servers in it have to answer the pods meanwhile; `input` goes to it as JSON. */
export function askCluster(args: readonly string[], input?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("kubectl", [...args], { stdio: ["pipe", "pipe", "pipe"] });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.out += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.err += part));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(text.out);
      else reject(new Error(`kubectl ${args.join(" ")}: ${text.err.trimEnd()}`));
    });
    child.stdin.end(input === undefined ? "" : JSON.stringify(input));
  });
}
