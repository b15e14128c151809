import assert from "node:assert/strict";
import { checkSettings } from "../../inputs/settings";
import { parseStackFile } from "../../inputs/stack-file";
import { InputError, problemLine } from "../../model/input-error";

/** What is said of the lines of a stack file, each without its place. */
function report(stack: string, lines: string): readonly string[] {
  try {
    checkSettings(parseStackFile({ file: `Pulumi.${stack}.yaml`, bytes: Buffer.from(`config:\n${lines}`) }));
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems.map(({ path = "", problem, remedy }) => problemLine({ file: path, problem, remedy }));
  }
}

const ofPlatform = (lines: string) => report("office", `  idp:role: platform\n  idp:domain: lab.example\n${lines}`);
const ofProjects = (lines: string) =>
  report("office-projects", `  idp:role: projects\n  idp:platform: office\n  idp:gitOps: {owner: myorg}\n${lines}`);

describe("a key that was set without --path", () => {
  it("is told with both commands, since the wrong line stays otherwise", () => {
    assert.deepEqual(ofPlatform("  idp:node.memory: 32Gi\n"), [
      "idp:node.memory: is not a known key; set it inside `idp:node`: `pulumi config rm idp:node.memory --stack office`, " +
        "then `pulumi config set --path idp:node.memory VALUE --stack office`",
    ]);
    assert.deepEqual(ofProjects("  idp:giveUp[0]: shop\n"), [
      "idp:giveUp[0]: is not a known key; set it inside `idp:giveUp`: `pulumi config rm 'idp:giveUp[0]' --stack office-projects`, " +
        "then `pulumi config set --path 'idp:giveUp[0]' VALUE --stack office-projects`",
    ]);
  });

  it("is a secret where its group is one, and revoked when it was in plain text", () => {
    const commands =
      "`pulumi config rm idp:githubTokens.myorg --stack office-projects`, " +
      "then `pulumi config set --secret --path idp:githubTokens.myorg --stack office-projects`";
    assert.deepEqual(ofProjects("  idp:githubTokens.myorg: {secure: v1:abc}\n"), [
      `idp:githubTokens.myorg: is not a known key; set it inside \`idp:githubTokens\`: ${commands}`,
    ]);
    assert.deepEqual(ofProjects("  idp:githubTokens.myorg: github_pat_canary\n"), [
      `idp:githubTokens.myorg: is a secret in plain text; revoke it and set a new one inside \`idp:githubTokens\`: ${commands}`,
    ]);
  });

  it("is any unknown key below one that is no group", () => {
    assert.deepEqual(ofPlatform("  idp:domain.of.mine: x\n"), [
      "idp:domain.of.mine: is not a known key; remove it, or use one of " +
        known(ofPlatform("  idp:xxxxxxxxxxxx: x\n")),
    ]);
  });
});

function known([line = ""]: readonly string[]): string {
  return line.slice(line.indexOf(" use one of ") + " use one of ".length);
}

describe("text where a group belongs", () => {
  it("is told with the key that takes it, and with all keys", () => {
    assert.deepEqual(ofPlatform("  idp:tls: acme\n"), [
      'idp:tls: is "acme", and a group of keys belongs here; set each key by itself, such as ' +
        "`pulumi config set --path idp:tls.mode acme --stack office`; its keys are mode, email, server, challenge.type",
    ]);
    assert.deepEqual(ofPlatform("  idp:node: 32Gi\n"), [
      'idp:node: is "32Gi", and a group of keys belongs here; set each key by itself, such as ' +
        "`pulumi config set --path idp:node.KEY VALUE --stack office`; its keys are cpu, memory, count",
    ]);
    assert.match(
      ofProjects("  idp:github: myorg\n").join(),
      /; its keys are baseUrl, knownHosts, apps\.\w+\.id, apps\.\w+\.installationId$/,
    );
    assert.match(ofPlatform("  idp:charts: /srv/charts\n").join(), /; its keys are \w+\.directory, /);
  });

  it("is told with its first item where a list belongs", () => {
    assert.deepEqual(ofProjects("  idp:giveUp: shop/mysql\n"), [
      'idp:giveUp: is "shop/mysql", and a list belongs here; set its first item with ' +
        "`pulumi config set --path 'idp:giveUp[0]' shop/mysql --stack office-projects`",
    ]);
  });

  it("is shown without a token in it", () => {
    assert.doesNotMatch(ofPlatform("  idp:argoCd: https://me:canary@git.example/x\n").join(), /canary/);
    assert.doesNotMatch(ofProjects("  idp:gitOps: github_pat_canary\n").join(), /canary/);
  });
});

describe("memory of a node", () => {
  const advice = (memory: string) => ofPlatform(`  idp:node: {memory: ${memory}}\n`).join();

  it("is what a node may have", () => {
    for (const memory of ["256Mi", "1.5Gi", "16G", "17179869184", '"17179869184"']) assert.equal(advice(memory), "");
  });

  it("is refused where its unit is missing or unknown", () => {
    assert.equal(
      advice("32"),
      "idp:node.memory: is the number 32; without a unit it counts bytes; did you mean `32Gi`?",
    );
    assert.match(advice("'32'"), /is "32"; without a unit it counts bytes; did you mean `32Gi`\?$/);
    assert.match(advice("16GB"), /is "16GB"; `GB` is no unit here: write `16G` or `16Gi`$/);
    for (const memory of ["255Mi", "lots", "[]", "0", "-1Gi"])
      assert.match(advice(memory), /; use the memory of one node, at least 256Mi, such as `16Gi`$/, memory);
  });
});

describe("a remedy that is a command", () => {
  it("names the stack that it is about", () => {
    const lines = [
      ...report("office", "  idp:domain: lab.example\n"),
      ...ofPlatform("  idp:infrastructureToken: {secure: v1:abc}\n"),
      ...ofPlatform("  idp:acmeDnsToken: plain\n"),
      ...ofPlatform("  idp:tls: {mode: acme, email: a@b.example, challenge: {type: cloudflare}}\n"),
      ...ofPlatform("  idp:profile: {secure: v1:abc}\n"),
      ...ofProjects("  idp:githubTokens: {myorg: plain}\n"),
    ];
    assert.equal(lines.length, 6);
    for (const line of lines) {
      const commands = line.match(/`pulumi config [^`]*`/g) ?? [];
      assert.ok(commands.length > 0, line);
      for (const command of commands) assert.match(command, / --stack office(-projects)?`$/);
    }
  });
});

describe("text that is too short", () => {
  it("is told with the number of characters that it needs", () => {
    assert.deepEqual(ofProjects('  idp:projects: ""\n'), ['idp:projects: is ""; use at least 1 character']);
  });
});
