import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { Interrupts } from "../../../cli/with-vault/interrupts";
import { loginToken } from "../../support/operator/login-stand-in";
import { OperatorPlace } from "../../support/operator/operator-place";

/** What a command is while it waits for a signal: `$SEEN` says where its certificate is, and what came. */
const waiting = `
trap 'echo SIGINT >> "$SEEN"; exit 7' INT
trap 'echo SIGTERM >> "$SEEN"; exit 8' TERM
echo "$VAULT_CACERT" > "$SEEN"
while :; do sleep 0.05; done`;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const lastAsked = ({ vault }: OperatorPlace) => vault.requests.at(-1);
const revoked = { method: "POST", path: "/v1/auth/token/revoke-self", token: loginToken, body: "" };

describe("npm run with-vault as a process", () => {
  let place: OperatorPlace;
  beforeEach(async () => {
    place = await new OperatorPlace({ scheme: "https" }).start();
  });
  afterEach(() => {
    place.dispose();
  });

  it("lends its output and its exit code to the command, and shows no token", async () => {
    const script = 'echo "$VAULT_CACERT" > "$SEEN"; echo told; echo trouble >&2; exit 3';
    assert.deepEqual(await place.npm("with-vault", ["sh", "-c", script]), {
      code: 3,
      stdout: "told\n",
      stderr: "trouble\n",
    });
    assert.ok(place.seen.startsWith("/") && !existsSync(place.seen.trim()));
    assert.deepEqual(lastAsked(place), revoked);
  });

  for (const [signal, code] of [
    ["SIGINT", 7],
    ["SIGTERM", 8],
  ] as const) {
    it(`hands over ${signal}, once, and cleans up after the command`, async () => {
      const outcome = await place.npm("with-vault", ["sh", "-c", waiting], async (pid) => {
        await until(() => place.seen !== "");
        process.kill(pid, signal);
      });
      assert.deepEqual(outcome, { code, stdout: "", stderr: "" });
      const [file = "", ...signals] = place.seen.trimEnd().split("\n");
      assert.deepEqual(signals, [signal]);
      assert.ok(file.startsWith("/") && !existsSync(file));
      assert.deepEqual(lastAsked(place), revoked);
    });
  }

  it("says what is in the way without a trace", async () => {
    const { code, stdout, stderr } = await place.npm("with-vault", ["no-such-command"]);
    assert.deepEqual([code, stdout], [127, ""]);
    assert.match(stderr, /^error: there is no command `no-such-command` here; [^\n]+\n$/);
  });
});

describe("signals with a terminal", () => {
  it("leave Ctrl-C to the terminal, which sends it to the command too, and hand over the others", () => {
    for (const [terminal, expected] of [
      [true, ["SIGTERM", "SIGHUP"]],
      [false, ["SIGINT", "SIGTERM", "SIGHUP"]],
    ] as const) {
      const interrupts = new Interrupts(terminal);
      const sent: unknown[] = [];
      interrupts.follow({ once: () => undefined, kill: (signal) => sent.push(signal) > 0 });
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) interrupts.take(signal);
      assert.deepEqual(sent, expected);
      assert.throws(() => {
        interrupts.check();
      }, /ended by SIGINT/);
    }
  });
});
