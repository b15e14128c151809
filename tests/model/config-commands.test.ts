import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ownerCommand, removeCommand, setCommand, setSecretCommand } from "../../model/config-commands";

const stack = "homelab";

describe("a command of `pulumi config` in a message", () => {
  it("names its stack, and says --path where a key leads into a group or a list", () => {
    assert.equal(setCommand({ stack, key: "idp:domain" }), "`pulumi config set idp:domain VALUE --stack homelab`");
    assert.equal(
      setCommand({ stack, key: "idp:node.memory", value: "32Gi" }),
      "`pulumi config set --path idp:node.memory 32Gi --stack homelab`",
    );
    assert.equal(
      setCommand({ stack, key: "idp:giveUp[0]", value: "shop/mysql" }),
      "`pulumi config set --path 'idp:giveUp[0]' shop/mysql --stack homelab`",
    );
    assert.equal(
      removeCommand({ stack, key: "idp:node.memory" }),
      "`pulumi config rm idp:node.memory --stack homelab`",
    );
  });

  it("has no value of a secret, which Pulumi asks for or reads from a file", () => {
    assert.equal(
      setSecretCommand({ stack, key: "idp:acmeDnsToken" }),
      "`pulumi config set --secret idp:acmeDnsToken --stack homelab`",
    );
    assert.equal(
      ownerCommand("githubTokens", { stack, owner: "myorg" }),
      "`pulumi config set --secret --path idp:githubTokens.myorg --stack homelab`",
    );
    assert.equal(
      ownerCommand("githubAppKeys", { stack, owner: "myorg" }),
      "`pulumi config set --secret --path idp:githubAppKeys.myorg --stack homelab < FILE`",
    );
  });

  it("is to a shell what it is to a person, whatever a file has for a key", () => {
    for (const key of ["idp:a b.c", "idp:$(touch x).y", "idp:it's", "idp:a;b", "idp:*"]) {
      const command = removeCommand({ stack, key }).slice(1, -1);
      const words = execFileSync("sh", ["-c", command.replace(/^pulumi config rm/, "printf '%s\\n'")], {
        encoding: "utf8",
      });
      assert.equal(words, `${key}\n--stack\nhomelab\n`);
    }
  });
});
