import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../loopback";

const program = "/usr/sbin/sshd";
/** Root's sshd gives up its rights in there; on a machine that serves ssh, its service makes it. */
const emptyFolder = "/run/sshd";

/** The server of OpenSSH on a port of this machine, for one key. */
export class SshServer {
  readonly keyFile: string;
  readonly knownHostsFile: string;
  /** Such as `ssh://ann@127.0.0.1:34567`. */
  readonly address: string;

  private constructor(
    private readonly folder: string,
    private readonly daemon: ChildProcess,
    port: number,
  ) {
    this.keyFile = join(folder, "key");
    this.knownHostsFile = join(folder, "known_hosts");
    this.address = `ssh://${userInfo().username}@127.0.0.1:${port}`;
    const [type = "", key = ""] = readFileSync(join(folder, "host.pub"), "utf8").split(" ");
    writeFileSync(this.knownHostsFile, `[127.0.0.1]:${port} ${type} ${key}\n`);
  }

  static async start(): Promise<SshServer> {
    const folder = settle();
    const port = await freePort();
    const daemon = spawn(program, ["-D", "-e", "-f", join(folder, "config"), "-p", String(port)], { stdio: "ignore" });
    while (!(await accepts(port))) {
      if (daemon.exitCode !== null) throw new Error(`${program} ended with ${daemon.exitCode} instead of listening`);
      await pause(20);
    }
    return new SshServer(folder, daemon, port);
  }

  /** Another key, which it lets nobody in with. */
  strangerKey(): string {
    return newKey(this.folder, "stranger");
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.daemon.once("close", resolve));
    this.daemon.kill();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Tests that need such a server; a machine that cannot run one says so, instead of passing them in silence. */
export function describeWithSsh(title: string, tests: () => void): void {
  if (canServeSsh()) describe(title, tests);
  else process.stderr.write(`${title}: not tried, since this machine has no server of OpenSSH\n`);
}

function canServeSsh(): boolean {
  if (!existsSync(program)) return false;
  const folder = settle();
  try {
    execFileSync(program, ["-t", "-f", join(folder, "config")], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function settle(): string {
  if (userInfo().uid === 0) mkdirSync(emptyFolder, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(tmpdir(), "idp-test-ssh-"));
  chmodSync(folder, 0o755);
  newKey(folder, "host");
  newKey(folder, "key");
  const lines = [
    "ListenAddress 127.0.0.1",
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/key.pub`,
    "PidFile none",
    "UsePAM no",
    // The quickest of those that every client has.
    "KexAlgorithms curve25519-sha256",
    "StrictModes no",
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
  ];
  writeFileSync(join(folder, "config"), `${lines.join("\n")}\n`);
  return folder;
}

function newKey(folder: string, name: string): string {
  const file = join(folder, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
  return file;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
