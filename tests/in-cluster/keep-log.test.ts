import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../plan/program-files";

const shells = [["sh"], ["busybox", "sh"]].filter(([shell = ""]) => !spawnSync(shell, ["true"]).error);

interface Ended {
  readonly code: number | null;
  readonly shown: string;
  readonly kept: string | undefined;
  /** Milliseconds. */
  readonly took: number;
}

/** Runs a command by the wrapper as a step does, and tells the whole group to end once it has shown a text. */
async function run(shell: readonly string[], command: string, more: { keep?: number; endAt?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "idp-test-keep-log-"));
  const log = join(folder, "end");
  const [program = "sh", ...options] = shell;
  const started = Date.now();
  const child = spawn(program, [...options, "-c", programs.keepLog, "keep-log", "sh", "-c", command], {
    detached: true,
    env: { PATH: process.env["PATH"], LOG: log, KEEP: String(more.keep ?? 1000) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let shown = "";
  const { pid } = child;
  const { endAt } = more;
  child.stdout.on("data", (data: Buffer) => {
    const isNew = endAt !== undefined && !shown.includes(endAt);
    shown += data.toString();
    if (isNew && shown.includes(endAt) && pid !== undefined) process.kill(-pid, "SIGTERM");
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const took = Date.now() - started;
  const kept = existsSync(log) ? readFileSync(log, "utf8") : undefined;
  rmSync(folder, { recursive: true });
  return { code, shown, kept, took } satisfies Ended;
}

describe("program that keeps the end of a log", () => {
  assert.ok(shells.length > 0);

  for (const shell of shells) {
    const name = shell.join(" ");

    it(`${name}: shows what a program writes, keeps it, and ends as the program does`, async () => {
      const { code, shown, kept } = await run(shell, "echo one; echo two >&2; exit 75");
      assert.equal(code, 75);
      assert.equal(kept, "one\ntwo\n");
      assert.equal(shown, kept);
      assert.equal((await run(shell, "true")).code, 0);
    });

    it(`${name}: keeps the last bytes of a long log, and shows all of it`, async () => {
      const { shown, kept } = await run(shell, "seq 1 20000; echo end", { keep: 32 });
      assert.equal(kept?.length, 32);
      assert.ok(shown.endsWith(kept));
      assert.ok(shown.startsWith("1\n2\n3\n"));
      assert.match(kept, /20000\nend\n$/);
    });

    it(`${name}: keeps what was said by a program that is told to end, as a deadline does`, async () => {
      const { code, kept, took } = await run(shell, "echo before; sleep 30; echo never", { endAt: "before" });
      assert.notEqual(code, 0);
      assert.equal(kept?.split("\n")[0], "before");
      assert.ok(!kept.includes("never"));
      assert.ok(took < 10_000);
    }).timeout(15_000);

    it(`${name}: does not wait for what a program leaves behind`, async () => {
      const { code, kept, took } = await run(shell, "sleep 30 & echo done");
      assert.deepEqual([code, kept], [0, "done\n"]);
      assert.ok(took < 10_000);
    }).timeout(15_000);

    it(`${name}: hands on arguments as they are`, async () => {
      const { kept } = await run(shell, `printf '%s' '$(touch /tmp/x) "quoted" \\n'`);
      assert.equal(kept, '$(touch /tmp/x) "quoted" \\n');
    });
  }
});
