import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runs } from "../../support/environment";

const program = "/usr/sbin/sshd";
const port = 22;
const deployKey = resolve(__dirname, "deploy-key.sh");

/** What a key opens. */
export interface DeployKey {
  /** Private key in OpenSSH's form. */
  readonly key: string;
  readonly may: "read" | "write";
  /** Such as `myorg/my-api.git`. */
  readonly repository: string;
  /** Folder of the repository on this machine. */
  readonly path: string;
}

/** Why repositories cannot be served as GitHub does; empty when they can. */
export async function gitObstacles(host: string): Promise<readonly string[]> {
  return [
    ...(existsSync(program) ? [] : [`there is no ${program}: install openssh-server`]),
    ...(userInfo().uid === 0 ? [] : ["only root may listen on port 22"]),
    ...(runs("setpriv", "unshare", "--mount", "true") ? [] : ["unshare makes no mount namespace here"]),
    ...(await portObstacles(host, port)),
  ];
}

/** Why nothing of ours can listen on a port; empty when it can. */
export async function portObstacles(host: string, port: number): Promise<readonly string[]> {
  const server = createServer();
  const taken = await new Promise<boolean>((resolve) => {
    server.once("error", () => {
      resolve(true);
    });
    server.listen(port, host, () => {
      resolve(false);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return taken ? [`something else listens on port ${port} of ${host}`] : [];
}

/**
 * The server of OpenSSH at `git@HOST`, where each key opens one repository. Nothing on the machine is changed for it: files
 * in which the user `git` exists, with the number of who runs this, lie over those of the system for the server alone.
 */
export class GitOverSsh {
  readonly #folder = mkdtempSync(join(tmpdir(), "idp-e2e-ssh-"));
  readonly #host: string;
  #daemon: ChildProcess | undefined;

  constructor(host: string) {
    this.#host = host;
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "host", "-f", join(this.#folder, "host")]);
    for (const [name, text] of Object.entries(files(this.#folder, host)))
      writeFileSync(join(this.#folder, name), text, { mode: 0o600 });
  }

  /** How it proves itself, as a line of `known_hosts`. */
  knownHosts(name: string): string {
    const [type = "", key = ""] = readFileSync(join(this.#folder, "host.pub"), "utf8").split(" ");
    return `${name} ${type} ${key}\n`;
  }

  async start(): Promise<void> {
    // It ends with this process, however that ends.
    const args = ["--pdeathsig", "TERM", "unshare", "--mount", "sh", "-euc", startScript, "sh", this.#folder, program];
    const daemon = spawn("setpriv", args, { stdio: "ignore" });
    this.#daemon = daemon;
    while (!(await accepts(this.#host))) {
      if (daemon.exitCode !== null) throw new Error(`${program} ended with ${daemon.exitCode}`);
      await pause(50);
    }
  }

  /** Lets the holder of a key in. */
  admit({ key, may, repository, path }: DeployKey): void {
    const file = join(this.#folder, "admitted");
    writeFileSync(file, `${key.trimEnd()}\n`, { mode: 0o600 });
    const shown = execFileSync("ssh-keygen", ["-y", "-f", file], { encoding: "utf8" });
    rmSync(file);
    const command = ["/bin/sh", deployKey, may, repository, path].join(" ");
    appendFileSync(join(this.#folder, "authorized_keys"), `restrict,command="${command}" ${shown}`);
  }

  async stop(): Promise<void> {
    const daemon = this.#daemon;
    if (daemon?.exitCode === null) {
      const gone = new Promise((resolve) => daemon.once("close", resolve));
      daemon.kill();
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The server gives up its rights in `/run/sshd`, which a machine without the service does not have. */
const startScript = [
  'mount --bind "$1/passwd" /etc/passwd',
  'mount --bind "$1/shadow" /etc/shadow',
  "mount -t tmpfs tmpfs /run",
  "mkdir -m 755 /run/sshd",
  'exec "$2" -D -e -f "$1/config"',
].join("\n");

function files(folder: string, host: string): Readonly<Record<string, string>> {
  const { uid, gid } = userInfo();
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  const others = users.filter((line) => line !== "" && !line.startsWith("git:"));
  return {
    passwd: [...others, `git:x:${uid}:${gid}::${folder}:/bin/sh`, ""].join("\n"),
    // No password, and not locked.
    shadow: "git:*:19000:0:99999:7:::\n",
    authorized_keys: "",
    config: `${config(folder, host).join("\n")}\n`,
  };
}

function config(folder: string, host: string): readonly string[] {
  return [
    `ListenAddress ${host}:${port}`,
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    "AllowUsers git",
    "AcceptEnv GIT_PROTOCOL",
    "PermitRootLogin forced-commands-only",
    "PidFile none",
    "UsePAM no",
    "StrictModes no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    // Pods of one row call at the same time.
    "MaxStartups 100",
  ];
}

function accepts(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
