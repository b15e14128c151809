import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretMark, secretOf, secretText, isSecretText } from "../../../model/secret-text";
import { engineServers } from "../../../plan/projects/engines/engine-servers";

const passwords = { root: secretText(secretOf("root")), application: secretText(secretOf("application")) };

/** Stands for a database's shell: keeps what it was given. */
const recorder = `#!/bin/sh\nprintf '%s\\n' "$@" >"$RECORD/args"\ncat >"$RECORD/stdin"\n`;

describe("files of the database servers", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-files-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("T16: the script of postgres creates the application's user with no password on a command line", () => {
    const { args, stdin } = run("postgres", "psql", {
      POSTGRES_USER: "postgres",
      APPLICATION_USERNAME: "app",
      APPLICATION_PASSWORD: "Canary1",
      APPLICATION_DATABASE: "app",
    });
    assert.deepEqual(args, [
      "--no-psqlrc",
      "--quiet",
      "--set=ON_ERROR_STOP=1",
      "--username=postgres",
      "--dbname=postgres",
    ]);
    assert.match(stdin, /CREATE ROLE :"username" LOGIN PASSWORD :'password';/);
    assert.match(stdin, /CREATE DATABASE :"database" OWNER :"username";/);
    assert.doesNotMatch(stdin, /Canary1|SUPERUSER/);
  });

  for (const shell of ["mongosh", "mongo"]) {
    it(`T16: the script of mongodb creates the application's user through ${shell}, its password on no command line`, () => {
      const { args, stdin } = run("mongodb", shell, {
        MONGO_INITDB_DATABASE: "app",
        MONGO_INITDB_APPLICATION_USERNAME: "app",
        MONGO_INITDB_APPLICATION_PASSWORD: "Canary1",
      });
      assert.deepEqual(args, ["--quiet", "--host", "127.0.0.1", "--port", "27017", "app"]);
      assert.match(stdin, /user: "app",\n {2}pwd: "Canary1",/);
      assert.deepEqual(
        [...stdin.matchAll(/role: "(\w+)", db: "(\w+)"/g)].map(([, role, database]) => [role, database]),
        [
          ["readWrite", "app"],
          ["dbAdmin", "app"],
        ],
      );
    });
  }

  it("T38: redis has no user without a password, and the application's may not change the server", () => {
    assert.equal(
      textOf("redis"),
      [
        "user default off",
        "user root on ><secret root> ~* &* +@all",
        "user app on ><secret application> ~* &* +@all -@admin",
        "",
      ].join("\n"),
    );
  });

  function run(type: "postgres" | "mongodb", shell: string, env: Readonly<Record<string, string>>) {
    const script = join(folder, "init.sh");
    writeFileSync(script, textOf(type));
    writeFileSync(join(folder, shell), recorder);
    chmodSync(join(folder, shell), 0o755);
    execFileSync("/bin/sh", [script], { env: { ...env, PATH: `${folder}:/usr/bin:/bin`, RECORD: folder } });
    const [args, stdin] = ["args", "stdin"].map((name) => readFileSync(join(folder, name), "utf8"));
    return { args: (args ?? "").trimEnd().split("\n"), stdin: stdin ?? "" };
  }
});

function textOf(type: keyof typeof engineServers): string {
  const text = engineServers[type].file?.(passwords).text ?? "";
  return isSecretText(text) ? secretMark(text) : text;
}
