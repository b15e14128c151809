import assert from "node:assert/strict";
import { runWithVault } from "../../cli/run-with-vault";
import { ClusterFolder, exampleFiles, projectText } from "../support/cluster-folder";
import { VaultStandIn } from "../support/vault-stand-in";

const secrets = "port: 8080, secrets: {STRIPE_KEY: entered, MAIL_PASSWORD: entered, SESSION_KEY: generated}";
const folderOf = "projects/shop/applications/api/entered";

describe("secrets that people enter, in the offline plan", () => {
  let folder: ClusterFolder;
  before(() => {
    folder = new ClusterFolder({ ...exampleFiles, "projects/shop.yaml": projectText({}, secrets) });
  });
  after(() => {
    folder.dispose();
  });

  it("lists each with its command, and says that only Vault knows which have been entered", () => {
    const { code, stdout } = folder.plan();
    assert.equal(code, 0);
    assert.match(stdout, /^To be entered in Vault by a person \(2\)$/m);
    assert.match(stdout, /only Vault knows:\n? +`npm run with-vault -- npm run plan -- --vault`\n? +asks it/);
    for (const name of ["STRIPE_KEY", "MAIL_PASSWORD"]) {
      const command =
        '    printf %s "$(cat)" | npm run --silent with-vault -- \\\n' +
        `      vault kv put -mount=idp \\\n      ${folderOf}/${name} value=-\n`;
      assert.ok(stdout.includes(command), name);
    }
    assert.ok(!stdout.includes(`${folderOf}/SESSION_KEY`));
  });

  it("shows what the project has in Vault by path and key, and no value", () => {
    const { stdout } = folder.plan();
    assert.match(stdout, /^ {6}idp\/projects\/shop\/applications\/api: SESSION_KEY$/m);
    assert.match(stdout, /entered\/STRIPE_KEY: value, entered by a\s+person$/m);
    assert.match(stdout, /^ {6}idp\/projects\/shop\/databases\/mysql: database, host, password, port,$/m);
    assert.doesNotMatch(stdout, /to-be-entered/);
  });

  it("says nothing of it when nobody has anything to enter", () => {
    const plain = new ClusterFolder();
    const { stdout } = plain.plan();
    plain.dispose();
    assert.doesNotMatch(stdout, /entered/);
  });

  it("breaks a command for a long name, and the shell still takes it as one", () => {
    const name = "A".repeat(60);
    const long = new ClusterFolder({
      ...exampleFiles,
      "projects/shop.yaml": projectText({}, `port: 8080, secrets: {${name}: entered}`),
    });
    const { stdout } = long.plan();
    long.dispose();
    assert.ok(stdout.includes(`-mount=idp \\\n      ${folderOf}/${name} \\\n      value=-\n`));
  });
});

describe("npm run plan -- --vault", () => {
  const token = "hvs.CanaryToken";
  let folder: ClusterFolder;
  let vault: VaultStandIn;

  beforeEach(async () => {
    folder = new ClusterFolder({ ...exampleFiles, "projects/shop.yaml": projectText({}, secrets) });
    vault = new VaultStandIn(token);
    await vault.start();
  });
  afterEach(() => {
    vault.stop();
    folder.dispose();
  });

  async function ask(changes: { readonly address?: string; readonly token?: string } = {}, argv = ["--vault"]) {
    const texts = { stdout: "", stderr: "" };
    const io = {
      stdout: (text: string) => (texts.stdout += text),
      stderr: (text: string) => (texts.stderr += text),
      ...{ columns: 80, colour: false, cwd: folder.path, debug: false },
    };
    const address = changes.address ?? vault.address;
    const code = await runWithVault(argv, io, { address, token: changes.token ?? token, patience: 1000 });
    assert.ok(!`${texts.stdout}${texts.stderr}`.includes(token), "the token is in no output");
    return { code, ...texts };
  }

  it("lists those that are absent, deleted or still the placeholder, and only reads", async () => {
    vault.secrets.set(`${folderOf}/MAIL_PASSWORD`, { value: "canary-value" });
    vault.secrets.set(`${folderOf}/STRIPE_KEY`, { value: "to-be-entered" });
    const { code, stdout } = await ask();
    assert.equal(code, 0);
    assert.match(stdout, /^Still to be entered in Vault \(1 of 2\)$/m);
    assert.ok(stdout.includes(`${folderOf}/STRIPE_KEY value=-`));
    assert.ok(!stdout.includes(`${folderOf}/MAIL_PASSWORD value=-`));
    assert.doesNotMatch(stdout, /only Vault knows|canary-value/);
    assert.deepEqual(
      vault.requests,
      ["MAIL_PASSWORD", "STRIPE_KEY"].map((name) => ({
        method: "GET",
        path: `/v1/idp/data/${folderOf}/${name}`,
        token,
      })),
    );
    for (const data of [undefined, null, {}, { value: "" }, { other: "x" }]) {
      vault.secrets.delete(`${folderOf}/STRIPE_KEY`);
      if (data !== undefined) vault.secrets.set(`${folderOf}/STRIPE_KEY`, data);
      assert.match((await ask()).stdout, /Still to be entered in Vault \(1 of 2\)/, JSON.stringify(data));
    }
  });

  it("says so when nothing is missing", async () => {
    for (const name of ["MAIL_PASSWORD", "STRIPE_KEY"]) vault.secrets.set(`${folderOf}/${name}`, { value: "x" });
    const { code, stdout } = await ask();
    assert.equal(code, 0);
    assert.match(stdout, /^Entered in Vault: 2 secrets, none is missing$/m);
    assert.doesNotMatch(stdout, /vault kv put/);
  });

  it("asks nobody without the option", async () => {
    const { code, stdout } = await ask({}, []);
    assert.equal(code, 0);
    assert.equal(stdout, folder.plan().stdout);
    assert.deepEqual(vault.requests, []);
  });

  const answers: readonly [title: string, answer: NonNullable<VaultStandIn["always"]>, message: RegExp][] = [
    ["is sealed", [503, '{"errors":["Vault is sealed"]}'], /Vault at \S+ is sealed; unseal it/],
    [
      "denies",
      [403, '{"errors":["permission denied"]}'],
      /VAULT_TOKEN may not read idp\/data\/projects\/shop\S+, or is no/,
    ],
    ["has no secrets engine", [404, '{"errors":["no handler for route"]}'], /has no secrets engine idp; /],
    ["is a web page", [200, "<html>"], /answers, but not as Vault does/],
    ["is a web page that is not there", [404, "<html>"], /has no secrets engine idp/],
    [
      "sends elsewhere",
      [307, "", { location: "http://127.0.0.1:1/" }],
      /answered 307 for idp\/data\S+; check VAULT_ADDR/,
    ],
    ["fails", [500, "{}"], /answered 500/],
    ["does not answer", "silence", /cannot be reached \(no answer in 1 s\); check VAULT_ADDR/],
  ];
  for (const [title, answer, message] of answers) {
    it(`says in one sentence that Vault ${title}`, async () => {
      vault.always = answer;
      const { code, stdout, stderr } = await ask();
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.match(stderr, /^error: [^\n]+\n$/);
    });
  }

  it("says in one sentence that nobody listens", async () => {
    const { address } = vault;
    vault.stop();
    const { code, stderr } = await ask({ address });
    assert.equal(code, 2);
    assert.match(stderr, /^error: Vault at \S+ cannot be reached \(ECONNREFUSED\); [^\n]+\n$/);
  });

  const mistakes: readonly [changes: Parameters<typeof ask>[0], message: RegExp][] = [
    [
      { address: "" },
      /--vault needs VAULT_ADDR and VAULT_TOKEN; `npm run with-vault -- npm run plan -- --vault` sets them/,
    ],
    [{ token: "" }, /--vault needs VAULT_ADDR and VAULT_TOKEN/],
    [{ address: "vault.lab.example" }, /VAULT_ADDR is no address of Vault/],
    [{ address: "ftp://vault.lab.example" }, /VAULT_ADDR is no address of Vault/],
    [{ address: "https://me:canary@vault.lab.example" }, /VAULT_ADDR is no address of Vault/],
    [{ token: "hvs.Canary\nToken" }, /VAULT_TOKEN holds characters that no token has/],
  ];
  for (const [changes, message] of mistakes) {
    it(`refuses ${JSON.stringify(changes)} before it asks`, async () => {
      const { code, stderr } = await ask(changes);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /canary/i);
      assert.deepEqual(vault.requests, []);
    });
  }

  it("refuses to mix it with the documents for programs", async () => {
    for (const other of [["--json"], ["--against", "main"]]) {
      const { code, stderr } = await ask({}, ["--vault", ...other]);
      assert.equal(code, 2);
      assert.match(stderr, /--vault goes with the text of the plan/);
    }
  });

  it("reports bad files as without it, and asks nobody", async () => {
    folder.write("projects/shop.yaml", projectText({ size: "huge" }, secrets));
    const { code, stderr } = await ask();
    assert.equal(code, 1);
    assert.match(stderr, /databases\.0\.size/);
    assert.deepEqual(vault.requests, []);
  });
});
