import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError } from "../../model/input-error";

/** The lines of the report for the configuration of a stack; empty when there is nothing to report. */
function report(text: string): readonly string[] {
  try {
    checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(text) }));
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n").slice(1);
    throw error;
  }
}

const platform = "config:\n  idp:role: platform\n  idp:domain: lab.example\n";
const vault = "config:\n  idp:role: vault\n  idp:platform: homelab\n";

const repository = (address: string) => `${platform}  idp:argoCd: {infrastructure: {repository: "${address}"}}\n`;
const chart = (address: string) => `${platform}  idp:charts: {harbor: {repository: "${address}", version: 1.2.3}}\n`;
const acme = (server: string) =>
  `${platform}  idp:tls: {mode: acme, email: a@b.example, server: "${server}", challenge: {type: http01}}\n`;
const vaultAddress = (address: string) => `${vault}  idp:vaultAddress: "${address}"\n`;

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1)?.trim() ?? "";

describe("an address in the settings", () => {
  for (const text of [
    repository("https://git.example/me/x.git"),
    repository("https://git.example:3000/@me/x"),
    repository("git@git.example:me/x.git"),
    repository("ssh://git@git.example:2222/me/x.git"),
    chart("https://charts.example"),
    chart("oci://registry.example/charts/harbor"),
    acme("https://ca.example/directory"),
    vaultAddress("http://127.0.0.1:8200"),
  ]) {
    it(`is accepted: ${lastLine(text)}`, () => {
      assert.deepEqual(report(text), []);
    });
  }

  const elsewhere = /; use an address without user and password/;
  const forGit = /; use the address without user and password; .* secret `idp:infrastructureToken`$/;
  const refused: readonly (readonly [text: string, expected: RegExp])[] = [
    [repository("https://me:canary@git.example/x"), forGit],
    [repository("https://canary@git.example/x"), forGit],
    [repository("https://me:can@canary@git.example/x"), forGit],
    [repository("ssh://git:canary@git.example/x"), forGit],
    [repository("https://me:can/canary@git.example/x"), /; use an address such as/],
    [repository("me:canary@git.example/x"), /; use an address such as/],
    [chart("https://me:canary@charts.example"), elsewhere],
    [chart("oci://me:canary@registry.example/harbor"), elsewhere],
    [acme("https://me:canary@ca.example/directory"), elsewhere],
    [vaultAddress("https://me:canary@vault.example"), elsewhere],
  ];
  for (const [text, expected] of refused) {
    it(`is refused with a password, which nobody sees: ${lastLine(text)}`, () => {
      const lines = report(text);
      assert.equal(lines.length, 1);
      assert.match(lines.join(), expected);
      assert.doesNotMatch(lines.join(), /canary/);
    });
  }
});

describe("the size of a platform's volume", () => {
  const keys = [
    ...["images", "database", "redis", "jobLog", "trivy"].map((name) => ["harbor.storage", name] as const),
    ["argoEvents", "busStorage"],
    ["vault", "storage"],
    ["vault", "auditStorage"],
  ] as const;
  const set = (group: string, name: string, size: string) =>
    group === "harbor.storage"
      ? `${platform}  idp:harbor: {trivy: true, storage: {${name}: ${size}}}\n`
      : `${platform}  idp:${group}: {${name}: ${size}}\n`;
  for (const [group, name] of keys) {
    it(`is between 64Mi and 64Ti: ${group}.${name}`, () => {
      for (const size of ["64Mi", "64Ti"]) assert.deepEqual(report(set(group, name, size)), []);
      const advice = {
        "63Mi": "use a size of at least 64Mi, such as `5Gi`",
        "5": "the unit is missing: write `5G` or `5Gi`",
        "5GB": "`GB` is no unit here: write `5G` or `5Gi`",
      };
      for (const [size, expected] of Object.entries(advice)) {
        assert.ok(
          report(set(group, name, size))
            .join()
            .endsWith(`; ${expected}`),
          size,
        );
      }
      assert.ok(
        report(set(group, name, "65Ti"))
          .join()
          .endsWith('is "65Ti"; use a size of at most 64Ti'),
      );
    });
  }

  it("has no part in how long the bus keeps an event, which is more than no time", () => {
    const age = (text: string) => report(`${platform}  idp:argoEvents: {busMaxAge: ${text}}\n`).join();
    for (const text of ["1m", "72h"]) assert.equal(age(text), "");
    for (const text of ["0h", "00m"]) assert.match(age(text), /busMaxAge: is "0+[hm]"; use hours or minutes/);
  });
});

describe("settings that do not fit together", () => {
  const longDomain = Array.from({ length: 4 }, () => "a".repeat(62)).join(".");

  it("are refused when a domain leaves no room for the hosts below it", () => {
    const text = (rest: string) => `config:\n  idp:role: platform\n  idp:domain: ${longDomain}\n${rest}`;
    assert.deepEqual(report(text("")), [
      "  Pulumi.homelab.yaml:3:15: idp:domain: gives hosts of up to 261 characters, such as that of argoWorkflows; " +
        "use a domain so short that they have 253 at most, or set `idp:hosts`",
    ]);
    const hosts = "{argoCd: a.example, harbor: b.example, argoWorkflows: c.example, vault: d.example}";
    assert.deepEqual(report(text(`  idp:hosts: ${hosts}\n`)), []);
  });

  const source = "{directory: /charts}";
  const cases: readonly (readonly [chart: string, others: string, used: boolean])[] = [
    ["vault", "", true],
    ["openbao", "", false],
    ["cert-manager", "", true],
    ["vault", "  idp:vault: {distribution: openbao}\n", false],
    ["openbao", "  idp:vault: {distribution: openbao}\n", true],
    ["cert-manager", "  idp:tls: {mode: traefik}\n", false],
  ];
  for (const [name, others, used] of cases) {
    it(`${used ? "take" : "are refused with"} another source of ${name}, given ${others.trim() || "the defaults"}`, () => {
      const lines = report(`${platform}  idp:charts: {${name}: ${source}}\n${others}`);
      if (used) assert.deepEqual(lines, []);
      else assert.match(lines.join("\n"), new RegExp(`:4:\\d+: idp:charts\\.${name}: is set, but this chart is not`));
      assert.equal(lines.length, used ? 0 : 1);
    });
  }
});

describe("a setting of something that is off", () => {
  const unused: readonly (readonly [string, RegExp])[] = [
    [
      `${platform}  idp:harbor: {storage: {trivy: 9Gi}}\n`,
      /yaml:4:33: idp:harbor\.storage\.trivy: is set, but nothing uses it; set `idp:harbor\.trivy` to true/,
    ],
    [
      `${platform}  idp:argoCd: {infrastructure: {path: "base/*", revision: next}}\n`,
      /idp:argoCd\.infrastructure\.path: is set, but nothing uses it; set `idp:argoCd\.infrastructure\.repository`/,
    ],
  ];
  for (const [text, expected] of unused) {
    it(`is refused: ${lastLine(text)}`, () => {
      assert.match(report(text).join("\n"), expected);
    });
  }

  it("is accepted when it is on, and when it says what the default says", () => {
    assert.deepEqual(report(`${platform}  idp:harbor: {trivy: true, storage: {trivy: 9Gi}}\n`), []);
    assert.deepEqual(report(`${platform}  idp:harbor: {storage: {trivy: 5Gi}}\n`), []);
  });
});
