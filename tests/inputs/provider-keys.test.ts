import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError, problemLine } from "../../model/input-error";
import type { RoleName } from "../../model/roles";

/** What else a stack of each role has to say. */
const own: Readonly<Record<RoleName, string>> = {
  platform: "  idp:domain: lab.example\n",
  vault: "  idp:platform: homelab\n",
  projects: "  idp:platform: homelab\n  idp:gitOps: {owner: myorg}\n",
};
const roles = ["platform", "vault", "projects"] as const;

function problems(role: RoleName, ...keys: readonly string[]): readonly string[] {
  const text = `config:\n  idp:role: ${role}\n${own[role]}${keys.map((key) => `  ${key}\n`).join("")}`;
  try {
    checkSettings(parseStackFile({ file: "Pulumi.lab.yaml", bytes: Buffer.from(text) }));
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(problemLine);
    throw error;
  }
}

const isToken = "is a provider's token in the configuration, where it goes stale and lies in the repository";
const isDefault = "configures a default provider, and those are disabled";
const ownProviders = "the stacks make their own providers from `idp:` keys";

describe("configuration of providers", () => {
  for (const role of roles) {
    it(`T21: is refused in a stack of the role ${role}, a token of Vault first of all`, () => {
      assert.deepEqual(problems(role), []);
      const line = 3 + own[role].split("\n").length - 1;
      const keys = ["vault:token: canary", "vault:address: https://v", "kubernetes:context: y", "github:token: canary"];
      assert.deepEqual(problems(role, ...keys), [
        `Pulumi.lab.yaml:${line}:3: vault:token: ${isToken}; revoke it, and remove it with ` +
          "`pulumi config rm vault:token --stack lab`; `npm run with-vault -- COMMAND` gets one for each run (docs/vault.md)",
        `Pulumi.lab.yaml:${line + 1}:3: vault:address: ${isDefault}; remove it with ` +
          `\`pulumi config rm vault:address --stack lab\`; ${ownProviders}`,
        `Pulumi.lab.yaml:${line + 2}:3: kubernetes:context: ${isDefault}; remove it with ` +
          `\`pulumi config rm kubernetes:context --stack lab\`; ${ownProviders}`,
        `Pulumi.lab.yaml:${line + 3}:3: github:token: ${isToken}; revoke it, and remove it with ` +
          "`pulumi config rm github:token --stack lab`; the stacks take theirs from `idp:` keys",
      ]);
    });

    it(`T21: is refused in a stack of the role ${role} though the token is encrypted`, () => {
      const [problem, ...others] = problems(role, 'vault:token: {secure: "v1:x"}');
      assert.ok(problem?.includes(isToken));
      assert.deepEqual(others, []);
    });
  }
});
