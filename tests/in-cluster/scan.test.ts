import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { shells } from "../support/git/run-script";
import { scannedDigest, scannedImage, ScanRun } from "../support/scan/scan-run";

const target = `${scannedImage}@${scannedDigest}`;
const see = `see them by \`trivy image --severity HIGH,CRITICAL ${target}\``;
const away = "failed to download vulnerability DB: OCI artifact error";
const awayJava = "image scan error: Java DB update failed: OCI artifact error: failed to download Java DB";
const elsewhere = "remote error: no child with platform linux/amd64 in index harbor.lab.example/shop/api";
const three = [
  ["HIGH", 'a text with "Severity": "CRITICAL", in it'],
  ["CRITICAL", "another"],
  ["HIGH", '\n          "Severity": "HIGH",\n'],
  ["LOW", "too little to count"],
] as const;

const allThree = { "linux/amd64": three, "linux/arm64": three, "linux/arm/v7": three };

describe("program scan", () => {
  let run: ScanRun;

  beforeEach(() => {
    run = new ScanRun();
  });

  afterEach(() => {
    run.remove();
  });

  for (const shell of shells)
    describe(`by ${shell.name}`, () => {
      it("stops a build whose image has vulnerabilities, and says how many of which severity and how to see them", async () => {
        const { code, out } = await run.scan({ found: { "linux/amd64": three } }, {}, shell);
        assert.equal(code, 1);
        const message = `known vulnerabilities: 2 HIGH, 1 CRITICAL; nothing is released before they are gone; ${see}`;
        assert.deepEqual(run.told, [message, "2 HIGH, 1 CRITICAL"]);
        assert.match(out, new RegExp(`^${target} on linux/amd64:\ntable of 3\n`));
        assert.ok(out.endsWith(`${message}\n`));
      });

      it("only tells of them when it is to warn", async () => {
        const { code } = await run.scan({ found: { "linux/amd64": three } }, { SCAN_MODE: "warn" }, shell);
        assert.equal(code, 0);
        assert.deepEqual(run.told, [`known vulnerabilities: 2 HIGH, 1 CRITICAL; ${see}`, "2 HIGH, 1 CRITICAL"]);
      });

      it("lets an image without such vulnerabilities pass", async () => {
        const { code } = await run.scan({ found: { "linux/amd64": [["MEDIUM", "not counted"]] } }, {}, shell);
        assert.equal(code, 0);
        assert.deepEqual(run.told, [
          `no known vulnerability of severity HIGH,CRITICAL in ${target}`,
          "0 HIGH, 0 CRITICAL",
        ]);
      });
    });

  it("asks the registry for the very digest, and nobody else, and loads the database first", async () => {
    await run.scan({});
    const [first, search, ...others] = run.calls;
    assert.deepEqual(first, ["image", "--download-db-only", "--no-progress"]);
    assert.ok(search);
    assert.deepEqual(search.slice(-2), ["--", target]);
    for (const [option, value] of [
      ["--image-src", "remote"],
      ["--scanners", "vuln"],
      ["--severity", "HIGH,CRITICAL"],
      ["--platform", "linux/amd64"],
    ] as const)
      assert.equal(search[search.indexOf(option) + 1], value, option);
    assert.deepEqual(
      others.map(([command]) => command),
      ["convert"],
    );
  });

  it("searches each platform of an image, and adds up what it finds", async () => {
    const found = { "linux/amd64": [["HIGH", ""]], "linux/arm64": three } as const;
    const { code } = await run.scan({ found }, { PLATFORMS: "linux/amd64,linux/arm64" });
    assert.deepEqual([code, run.told[1]], [1, "3 HIGH, 1 CRITICAL"]);
  });

  it("searches the platform that an image has when none is named, the node's own first", async () => {
    await run.scan({}, { PLATFORMS: "" });
    assert.equal(run.calls.length, 3);
    run.remove();
    run = new ScanRun();
    const { code } = await run.scan({ search: [elsewhere], found: allThree }, { PLATFORMS: "" });
    const tried = run.calls.flatMap((call) => call.filter((_, index) => call[index - 1] === "--platform"));
    assert.deepEqual([code, run.told[1], new Set(tried).size], [1, "2 HIGH, 1 CRITICAL", 2]);
  });

  it("does not take an image for clean that has none of the platforms", async () => {
    assert.equal((await run.scan({ search: [elsewhere, elsewhere, elsewhere] }, { PLATFORMS: "" })).code, 1);
    assert.match(
      run.told[0],
      /could not be searched for known vulnerabilities: name its platforms in `build\.platforms`; build/,
    );
    const PLATFORMS = "linux/amd64,linux/arm64";
    assert.equal((await run.scan({ search: [elsewhere] }, { PLATFORMS })).code, 1);
    assert.match(run.told[0], /could not be searched for known vulnerabilities: it is not for linux\/amd64; build/);
  });

  it("fetches the database anew when that fails, and nothing else", async () => {
    assert.equal((await run.scan({ download: [away, away] })).code, 0);
    assert.equal(run.calls.filter((call) => call.includes("--download-db-only")).length, 3);
    run.remove();
    run = new ScanRun();
    const { code } = await run.scan({ search: ["unable to find the specified image: UNAUTHORIZED"] });
    assert.deepEqual([code, run.calls.length], [1, 2]);
    assert.deepEqual(run.told, [
      `${target} could not be searched for known vulnerabilities; build the commit again, or say \`build.scan.mode: warn\``,
      "unknown",
    ]);
  });

  it("fetches Java's database anew, in the middle of the search", async () => {
    assert.equal((await run.scan({ search: [awayJava, awayJava], found: { "linux/amd64": [["LOW", ""]] } })).code, 0);
    assert.equal(run.calls.filter((call) => call.includes("--skip-db-update")).length, 3);
    run.remove();
    run = new ScanRun();
    const { code } = await run.scan({ search: [awayJava, awayJava, awayJava] });
    assert.deepEqual([code, run.told[1]], [1, "unknown"]);
    assert.match(run.told[0], /^the database of Java's libraries could not be fetched; build the commit again/);
  });

  it("does not take a search that never happened for a clean image, but lets it pass when it is to warn", async () => {
    const met = { download: [away, away, away] };
    assert.equal((await run.scan(met)).code, 1);
    assert.match(run.told[0], /^the database of known vulnerabilities could not be fetched; build the commit again/);
    const { code } = await run.scan(met, { SCAN_MODE: "warn" });
    assert.equal(code, 0);
    assert.deepEqual(run.told, [
      "the database of known vulnerabilities could not be fetched; the image goes on, since `build.scan.mode` is `warn`",
      "unknown",
    ]);
  });

  it("T33: takes nothing for a digest that is none, and starts nothing with it", async () => {
    const hostile = [
      "",
      "latest",
      `${scannedDigest}\nx`,
      `${scannedDigest}0`,
      "sha256:$(touch /tmp/idp-scan)",
      "--help",
    ];
    for (const DIGEST of hostile) {
      const { code } = await run.scan({}, { DIGEST });
      assert.deepEqual([code, run.calls], [1, []], DIGEST);
      assert.match(run.told[0], /^the build left no digest of an image/);
    }
  });

  it("keeps odd values whole: none is a command, a pattern or an option", async () => {
    const odd = ["$(touch made)", "`touch made`", ";touch made", "*", "../..", '"', "'", "a\nb", "--insecure"];
    const before = readdirSync(run.folder);
    for (const value of odd) {
      const one = value.replaceAll(/[ \n]/g, "_");
      await run.scan({}, { IMAGE: value, SEVERITIES: one });
      const search = run.calls.at(-2) ?? [];
      assert.deepEqual(search.slice(-2), ["--", `${value}@${scannedDigest}`]);
      assert.equal(search[search.indexOf("--severity") + 1], one);
    }
    assert.deepEqual(readdirSync(run.folder).sort(), [...before, "message"].sort());
  });
});
