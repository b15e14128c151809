import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Where the testbed's node is started from: a folder with its script `up`. */
const starter = join(
  process.env["TESTBED_NODE"] ?? resolve(__dirname, "..", "..", "..", "..", "shared", "testbed", "node"),
  "up",
);

/** Where the testbed keeps its programs, and which processes it has started. */
const home = process.env["TESTBED_HOME"] ?? join(homedir(), ".cache", "testbed");
const programs = join(home, "bin");
const state = join(home, "node");
const processes = join(state, "run");

/** What must have been running, lest the cut be none. */
const known = ["containerd", "etcd", "apiserver", "controller-manager", "scheduler", "kubelet", "kube-proxy"];

/** Why the node cannot be stopped and started again; empty when it can. */
export function powerObstacles(): readonly string[] {
  if (!existsSync(starter))
    return [`the testbed's script is not at ${starter}; name its folder in TESTBED_NODE, and the power can be cut`];
  const running = new Set(daemons().map(({ name }) => name));
  const missing = known.filter((name) => !running.has(name));
  return missing.length === 0 ? [] : [`${processes} does not name the node's ${missing.join(", ")}`];
}

/**
 * Ends every process of the node and of its containers at once, none of which can do anything about it, and forgets what
 * pods have in memory, such as the files of their Secrets.
 */
export async function cutPower(): Promise<void> {
  const all = [...daemons().map(({ id }) => id), ...shims(), ...containers()];
  for (const id of all) kill(id);
  for (let count = 0; all.some(isThere); count++) {
    if (count > 300) throw new Error("processes of the node do not end");
    await wait(100);
  }
  for (const folder of memoryFolders()) execFileSync("umount", [folder]);
}

/** Starts the node as it is started in the morning; its containers are the kubelet's to start again. */
export function restorePower(): void {
  execFileSync(starter, { stdio: ["ignore", "ignore", "inherit"], timeout: 240_000 });
}

/** What the testbed has started, and is still running. */
function daemons(): readonly { readonly name: string; readonly id: number }[] {
  return filesOf(processes)
    .filter((file) => file.endsWith(".pid"))
    .map((file) => ({ name: file.slice(0, -4), id: Number(readFileSync(join(processes, file), "utf8")) }))
    .filter(({ id }) => commandOf(id).startsWith(`${programs}/`));
}

/** What holds the node's containers. */
function shims(): readonly number[] {
  const shim = join(programs, "containerd-shim-runc-v2");
  const socket = process.env["CONTAINERD_ADDRESS"] ?? "";
  return filesOf("/proc")
    .map(Number)
    .filter((id) => {
      const words = commandOf(id).split("\0");
      return words[0] === shim && words.includes(socket);
    });
}

/** The first process of each container; the kernel ends the others with it. */
function containers(): readonly number[] {
  const table = execFileSync("ctr", ["--namespace", "k8s.io", "tasks", "ls"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return [...table.matchAll(/^\S+ +(\d+) +RUNNING/gm)].map(([, id]) => Number(id));
}

/** Volumes of the node's pods that are on no disk. */
function memoryFolders(): readonly string[] {
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n");
  return mounts
    .map((line) => line.split(" "))
    .flatMap(([, folder = "", type]) => (type === "tmpfs" && folder.startsWith(`${state}/kubelet/`) ? [folder] : []));
}

function filesOf(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Empty for a process that is not there. */
function commandOf(id: number): string {
  const file = `/proc/${id}/cmdline`;
  try {
    return Number.isSafeInteger(id) && id > 1 ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/** Until its parent has taken note of its end, the testbed would think that it runs. */
function isThere(id: number): boolean {
  return existsSync(`/proc/${id}`);
}

function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended with another one.
  }
}
