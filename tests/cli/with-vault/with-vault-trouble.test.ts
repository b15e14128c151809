import assert from "node:assert/strict";
import { Interrupts } from "../../../cli/with-vault/interrupts";
import { OperatorPlace, rows } from "../../support/operator/operator-place";
import { loginPath, troubles } from "../../support/operator/with-vault-troubles";

describe("npm run with-vault, when something is in the way", () => {
  for (const { title, answers = {}, kubectl = [rows.account], settings = "", variables = {}, ...rest } of troubles) {
    it(`says in one sentence that ${title}`, async () => {
      const place = await new OperatorPlace({ kubectl }).start();
      try {
        const platform = `config:\n  idp:role: platform\n  idp:domain: lab.example\n${settings}`;
        place.cluster.write("Pulumi.homelab.yaml", platform);
        Object.assign(place.variables, variables);
        for (const [path, [status, body]] of Object.entries(answers)) place.vault.answers.set(path, { status, body });
        const { code, stdout, stderr } = await place.withVault(rest.argv ?? ["sh", "-c", 'echo ran > "$SEEN"']);
        assert.equal(stdout, "");
        assert.match(stderr, /^error: [^\n]+\n$/);
        assert.match(stderr, rest.expected);
        assert.equal(code, rest.code ?? 1);
        assert.equal(place.seen, "");
        assert.doesNotMatch(`${stderr}${place.kubectl.asked.join()}`, /canary/i);
        const made =
          place.vault.requests.some(({ path }) => path === loginPath) && (answers[loginPath]?.[0] ?? 200) === 200;
        const ended = place.vault.requests.at(-1)?.path === "/v1/auth/token/revoke-self";
        assert.equal(ended, made && answers[loginPath] === undefined, "what was made is revoked");
      } finally {
        place.dispose();
      }
    });
  }

  it("reports a platform stack's file that is wrong, and is not stopped by those of others", async () => {
    const place = await new OperatorPlace().start();
    try {
      place.cluster.write("Pulumi.homelab-projects.yaml", "config:\n  idp:role: projects\n  idp:nonsense: 1\n");
      place.cluster.write("Pulumi.other.yaml", "config: [\n");
      assert.equal((await place.withVault(["true"])).code, 0);
      place.cluster.write("Pulumi.homelab.yaml", "config:\n  idp:role: platform\n  idp:nonsense: 1\n");
      const { code, stderr } = await place.withVault(["true"]);
      assert.equal(code, 1);
      assert.match(stderr, /Pulumi.homelab.yaml:\S+ idp:nonsense/);
    } finally {
      place.dispose();
    }
  });

  it("asks which platform is meant where there are several", async () => {
    const place = await new OperatorPlace().start();
    try {
      place.cluster.write("Pulumi.cabin.yaml", "config:\n  idp:role: platform\n  idp:domain: cabin.example\n");
      const { code, stderr } = await place.withVault(["true"]);
      assert.equal(code, 2);
      assert.match(
        stderr,
        /there are several platform stacks \(cabin, homelab\); say which one with `--platform NAME`/,
      );
      assert.equal((await place.withVault(["--platform", "cabin", "true"])).code, 0);
      place.cluster.remove("Pulumi.cabin.yaml");
      place.cluster.remove("Pulumi.homelab.yaml");
      assert.match((await place.withVault(["true"])).stderr, /there is no file of a platform stack here/);
    } finally {
      place.dispose();
    }
  });

  it("does not start the command after a signal, and ends a `kubectl` that hangs", async () => {
    const place = await new OperatorPlace({ kubectl: [{ asked: "vault-bootstrap-token", hangs: true }] }).start();
    try {
      const interrupts = new Interrupts(false);
      const run = place.withVault(["sh", "-c", 'echo ran > "$SEEN"'], interrupts);
      while (place.kubectl.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      interrupts.take("SIGTERM");
      assert.deepEqual(await run, { code: 143, stdout: "", stderr: "" });
      assert.equal(place.seen, "");
    } finally {
      place.dispose();
    }
  });
});
