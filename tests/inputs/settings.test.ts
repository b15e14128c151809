import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import type { RawValue } from "../../inputs/raw-config";
import { configKeys, declaredDefault } from "../../model/config-keys";
import { InputError } from "../../model/input-error";
import { isJsonObject, type Json } from "../../model/json";

/** The report for a stack file; empty when there is nothing to report. */
function report(text: string, stack = "homelab"): readonly string[] {
  try {
    checkSettings(parseStackFile({ file: `Pulumi.${stack}.yaml`, bytes: Buffer.from(text) }));
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n");
    throw error;
  }
}

/** A default as the engine hands it over: JSON text, the keys of objects sorted. */
function engineText(value: Json): string {
  const sorted = (item: Json): Json =>
    isJsonObject(item)
      ? Object.fromEntries(
          Object.entries(item)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : item;
  return typeof value === "string" ? value : JSON.stringify(sorted(value));
}

const platform = "config:\n  idp:role: platform\n  idp:domain: lab.example\n";

describe("settings of a stack", () => {
  it("are read from the file, with the defaults of the schema", () => {
    const stack = checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(platform) }));
    assert.ok(stack.role === "platform");
    assert.equal(stack.settings.domain, "lab.example");
    assert.equal(stack.settings.profile, "small");
    assert.deepEqual(stack.settings.tls, { mode: "lab-ca" });
    assert.deepEqual([...stack.secrets], []);
  });

  it("take numbers, booleans and objects as `pulumi config set` writes them", () => {
    const text = `${platform}  idp:harbor:\n    trivy: true\n    storage: {images: 40Gi}\n  idp:node: '{"cpu": 8, "count": 2}'\n`;
    const stack = checkSettings(parseStackFile({ file: "Pulumi.homelab.yaml", bytes: Buffer.from(text) }));
    assert.ok(stack.role === "platform");
    assert.equal(stack.settings.harbor.trivy, true);
    assert.equal(stack.settings.harbor.storage.images, "40Gi");
    assert.equal(stack.settings.harbor.storage.database, "2Gi");
    assert.deepEqual(stack.settings.node, { cpu: "8", memory: "16Gi", count: 2 });
  });

  for (const role of ["platform", "vault", "projects"]) {
    it(`ignore what Pulumi.yaml gives a stack of the role ${role} that sets nothing, keys in the engine's order`, () => {
      const defaults = [...configKeys.values()].map((key): [string, RawValue] => [
        `idp:${key.name}`,
        { value: engineText(declaredDefault(key)), secret: false },
      ]);
      const own = {
        "idp:role": role,
        ...(role === "platform" ? { "idp:domain": "lab.example" } : { "idp:platform": "homelab" }),
        ...(role === "projects" ? { "idp:gitOps": '{"owner":"myorg"}' } : {}),
      };
      const set = Object.entries(own).map(([key, value]): [string, RawValue] => [key, { value, secret: false }]);
      const raw = { stack: "homelab", file: "Pulumi.homelab.yaml", values: new Map([...defaults, ...set]) };
      assert.equal(checkSettings(raw).role, role);
    });
  }

  it("report every mistake at once, each with its place and what to do", () => {
    const text = [
      "config:",
      "  idp:role: platform",
      "  idp:domian: lab.example",
      "  idp:domain: http://Lab",
      "  idp:node:",
      "    cpu: lots",
      "  idp:harbor:",
      "    storage:",
      "      imagse: 5Gi",
      "  idp:projects: elsewhere",
      "  vault:token: abc",
      "",
    ].join("\n");
    assert.deepEqual(report(text), [
      "6 problems in the input; nothing was changed:",
      "  Pulumi.homelab.yaml:3:3: idp:domian: is not a known key; did you mean `idp:domain`?",
      '  Pulumi.homelab.yaml:4:15: idp:domain: is "http://Lab"; use a host name in lower case such as `git.lab.example`, without scheme, port or `*`',
      '  Pulumi.homelab.yaml:6:10: idp:node.cpu: is "lots"; use a quantity above zero such as `500m`, `2` or `5Gi`',
      "  Pulumi.homelab.yaml:9:7: idp:harbor.storage.imagse: is not a known key; did you mean `images`?",
      "  Pulumi.homelab.yaml:10:3: idp:projects: belongs to the role projects, and this stack has the role platform; set it in the stack of that role, or remove it",
      "  Pulumi.homelab.yaml:11:3: vault:token: is a provider's token in the configuration, where it goes stale and lies in the repository; revoke it, and remove it with `pulumi config rm vault:token --stack homelab`; `npm run with-vault -- COMMAND` gets one for each run (docs/vault.md)",
    ]);
  });

  const table: readonly (readonly [title: string, text: string, expected: RegExp])[] = [
    [
      "an unknown role",
      "config:\n  idp:role: plattform\n",
      /idp:role: "plattform" is not a role; did you mean `platform`\? the roles are platform, vault, projects/,
    ],
    [
      "no role",
      "config:\n  idp:domain: lab.example\n",
      /idp:role: is missing; set it to one of platform, vault, projects/,
    ],
    ["an empty configuration", "config: {}\n", /idp:role: is missing/],
    ["no domain", "config:\n  idp:role: platform\n", /idp:domain: is missing; add it: domain of the cluster/],
    ["no platform", "config:\n  idp:role: vault\n", /idp:platform: is missing; add it: name of the platform stack/],
    [
      "a nested key that was set without --path",
      `${platform}  idp:kubernetes.context: testbed\n`,
      /idp:kubernetes\.context: is not a known key; set it inside `idp:kubernetes`: `pulumi config rm idp:kubernetes\.context --stack homelab`, then `pulumi config set --path idp:kubernetes\.context VALUE --stack homelab`$/,
    ],
    [
      "a mode without its challenge",
      `${platform}  idp:tls: {mode: acme, email: a@b.example}\n`,
      /idp:tls\.challenge: is missing; add it: .*http01.*cloudflare/,
    ],
    ["a wrong type", `${platform}  idp:node: {count: two}\n`, /idp:node\.count: is "two"/],
    [
      "text where an object belongs",
      `${platform}  idp:harbor: big\n`,
      /idp:harbor: is "big", and a group of keys belongs here; set each key by itself, such as `pulumi config set --path idp:harbor\.KEY VALUE --stack homelab`; its keys are storage\.images, storage\.database, .*, trivy$/,
    ],
    [
      "a number out of range",
      `${platform}  idp:node: {count: 0}\n`,
      /idp:node\.count: is the number 0; use at least 1/,
    ],
    ["an unknown mode", `${platform}  idp:tls: {mode: acmee}\n`, /idp:tls\.mode: is "acmee"/],
    ["a mode without what it needs", `${platform}  idp:tls: {mode: acme}\n`, /idp:tls\.email: is missing/],
    ["an unknown chart", `${platform}  idp:charts: {argocd: {version: 1.2.3}}\n`, /idp:charts\.argocd/],
    ["a floating version", `${platform}  idp:charts: {argo-cd: {version: ^10.0.0}}\n`, /use an exact version/],
    [
      "a folder and a repository",
      `${platform}  idp:charts: {harbor: {directory: /a, version: 1.2.3}}\n`,
      /use either `directory`, or `repository` and `version`/,
    ],
    [
      "a secret in plain text",
      `${platform}  idp:infrastructureToken: abc\n`,
      /idp:infrastructureToken: is a secret in plain text; revoke it and set a new one with `pulumi config set --secret idp:infrastructureToken --stack homelab`/,
    ],
    [
      "a plain key that is encrypted",
      "config:\n  idp:role: platform\n  idp:domain:\n    secure: v1:x\n",
      /idp:domain: is encrypted, but it is part of names/,
    ],
    [
      "a secret that nothing uses",
      `${platform}  idp:infrastructureToken: {secure: "v1:x"}\n`,
      /idp:infrastructureToken: is set, but nothing uses it/,
    ],
    [
      "a token for a repository that is read by ssh",
      `${platform}  idp:infrastructureToken: {secure: "v1:x"}\n  idp:argoCd: {infrastructure: {repository: "git@github.com:me/x.git"}}\n`,
      /idp:infrastructureToken: is set, but nothing uses it; set `idp:argoCd.infrastructure.repository` to the https address/,
    ],
    [
      "a challenge without its token",
      `${platform}  idp:tls: {mode: acme, email: a@b.example, challenge: {type: cloudflare}}\n`,
      /idp:acmeDnsToken: is missing for the challenge `cloudflare`/,
    ],
    [
      "a token without its challenge",
      `${platform}  idp:acmeDnsToken: {secure: "v1:x"}\n`,
      /idp:acmeDnsToken: is set, but nothing uses it; set `idp:tls\.challenge\.type` to cloudflare/,
    ],
    [
      "one host for two",
      `${platform}  idp:hosts: {vault: argocd.lab.example}\n`,
      /idp:hosts\.vault: argocd\.lab\.example is the host of argoCd already/,
    ],
  ];
  for (const [title, text, expected] of table) {
    it(`refuse ${title}`, () => {
      const lines = report(text);
      assert.match(lines.join("\n"), expected);
      assert.ok(lines.slice(1).every((line) => line.startsWith("  Pulumi.homelab.yaml")));
    });
  }

  it("never show a value that may be a secret", () => {
    assert.doesNotMatch(
      report(`${platform}  idp:infrastructureToken: canary-4711\n  vault:token: canary-4712\n`).join("\n"),
      /canary/,
    );
  });
});
