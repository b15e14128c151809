import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../plan/program-files";
import { runModule } from "../support/git/run-script";
import { RecordedService } from "../support/releases/recorded-service";

const program = "the very program";
const sha256 = createHash("sha256").update(program).digest("hex");

describe("program fetch-vault-plugin", () => {
  let folder: string;
  let service: RecordedService;
  let address: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "idp-test-fetch-"));
    service = new RecordedService(500);
    address = `${await service.listen()}/argocd-vault-plugin_linux`;
  });

  afterEach(async () => {
    await service.close();
    rmSync(folder, { recursive: true });
  });

  const target = () => join(folder, "argocd-vault-plugin");

  function fetched(variables: Readonly<Record<string, string>> = {}, sum = sha256) {
    const BINARIES = JSON.stringify({ [process.arch]: { address, sha256: sum } });
    const usual = { VERSION: "1.2.3", BINARIES, TARGET: target(), WAIT_SECONDS: "0" };
    return runModule(programs.fetchVaultPlugin, { ...usual, ...variables });
  }

  async function refused(exit: number, sentence: RegExp, ...given: Parameters<typeof fetched>) {
    const { code, err } = await fetched(...given);
    assert.equal(code, exit);
    assert.match(err, sentence);
    assert.equal(err.trimEnd().split("\n").length, 1);
    assert.deepEqual(readdirSync(folder), []);
  }

  it("leaves the file of this machine's kind, which everybody may run and nobody change", async () => {
    service.answers.push([200, program]);
    const { code, out, err } = await fetched();
    assert.deepEqual([code, out, err], [0, "argocd-vault-plugin 1.2.3 is the file that it should be\n", ""]);
    assert.equal(readFileSync(target(), "utf8"), program);
    assert.equal(statSync(target()).mode & 0o777, 0o555);
    assert.deepEqual(readdirSync(folder), ["argocd-vault-plugin"]);
  });

  it("follows GitHub to where the file is", async () => {
    service.answers.push([302, "", { location: "/elsewhere?token=x" }], [200, program]);
    assert.equal((await fetched()).code, 0);
    assert.deepEqual(
      service.calls.map(({ path }) => path),
      ["/argocd-vault-plugin_linux", "/elsewhere?token=x"],
    );
  });

  it("T10: refuses another file, names both sums, and leaves nothing of it", async () => {
    const other = createHash("sha256").update("another program").digest("hex");
    service.answers.push([200, "another program"]);
    await refused(
      1,
      new RegExp(`another file than argocd-vault-plugin 1\\.2\\.3: .* is ${other} and should be ${sha256};`),
    );
    assert.equal(service.calls.length, 1);
  });

  it("refuses a machine for which there is no file, and asks nobody", async () => {
    await refused(1, /there is no argocd-vault-plugin 1\.2\.3 for machines of the kind/, { BINARIES: "{}" });
    assert.equal(service.calls.length, 0);
  });

  it("refuses what is not there", async () => {
    service.answers.push([404]);
    await refused(1, /argocd-vault-plugin_linux answers 404$/m);
  });

  it("tries again after trouble that passes", async () => {
    service.answers.push([503], "cut", [200, program]);
    assert.equal((await fetched({ WAIT_SECONDS: "10" })).code, 0);
    assert.equal(service.calls.length, 3);
  });

  it("ends with 75 when the trouble does not pass in time", async () => {
    service.answers.push([503]);
    await refused(75, /answers 503$/m);
    service.answers.push("cut");
    await refused(75, /cannot be fetched: /);
  });

  it("takes an answer that was cut off for no file", async () => {
    service.answers.push([200, program, { "content-length": "1000" }]);
    const running = fetched();
    setTimeout(() => void service.close(), 700);
    const { code } = await running;
    assert.equal(code, 75);
    assert.ok(!existsSync(target()));
  });

  it("fetches nothing again when its pod starts anew, and everything when the file is another one", async () => {
    writeFileSync(target(), program, { mode: 0o555 });
    assert.equal((await fetched()).code, 0);
    assert.equal(service.calls.length, 0);
    service.answers.push([200, "newer"]);
    const newer = createHash("sha256").update("newer").digest("hex");
    assert.equal((await fetched({}, newer)).code, 0);
    assert.equal(readFileSync(target(), "utf8"), "newer");
  });

  it("says that it cannot write, at once", async () => {
    service.answers.push([200, program]);
    await refused(1, /ENOENT/, { TARGET: join(folder, "nowhere", "x"), WAIT_SECONDS: "30" });
  });
});
