import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { stripVTControlCharacters } from "node:util";
import { at } from "../at";
import { CommandLine } from "../vault-backup/command-line";
import { FilledVault } from "../vault-backup/filled-vault";
import { rootTokenCommands } from "../vault-backup/restore-commands";
import { TokenReviews } from "../vault-backup/token-reviews";
import type { LifePlace, LifeVault } from "./life-place";
import type { ServerProgram } from "./server-program";

/** Makes a root token by the commands of the document, once the first one is gone. */
export function rootTokenRows(place: LifePlace, program: ServerProgram): void {
  let reviews: TokenReviews;
  let line: CommandLine;
  let server: LifeVault | undefined;

  beforeEach(async () => {
    reviews = new TokenReviews();
    await reviews.listen();
    line = new CommandLine(program);
  });

  afterEach(async () => {
    await server?.stop();
    await server?.remove();
    await reviews.close();
    line.remove();
  });

  for (const seal of place.seals)
    it(`makes a root token of a key and the operator's login, and of neither alone (${seal})`, async () => {
      server = await place.vault(seal);
      const vault = new FilledVault(server, reviews, program.distribution);
      await vault.start();
      await vault.configure();
      assert.equal((await vault.ask("POST", "auth/token/revoke-self")).status, 204);
      const operator = await vault.operatorToken();
      const [start = "", enter = "", show = "", ...others] = rootTokenCommands();
      assert.deepEqual(others, []);
      const { address } = server;
      const begun = await line.run(start, address, operator);
      assert.equal(begun.code, 0, begun.err);
      const otp = field(begun.out, "OTP");
      const foreign = randomBytes(32).toString("base64");
      const wrong = await line.runAtTerminal(enter, address, operator, foreign);
      assert.ok(wrong.code !== 0, wrong.out);
      if (program.distribution === "openbao") assert.ok((await line.run(start, address, "")).code !== 0);
      // A wrong key ends the attempt in some versions, and in others it does not.
      const again = await line.run(start, address, operator);
      const password = again.code === 0 ? field(again.out, "OTP") : otp;
      const entered = await line.runAtTerminal(enter, address, operator, vault.key);
      assert.equal(entered.code, 0, entered.out);
      const command = show.replace("ENCODED", field(entered.out, "Encoded Token")).replace("PASSWORD", password);
      const shown = await line.run(command, address, operator);
      assert.deepEqual([shown.code, shown.err], [0, ""]);
      const token = shown.out.trim();
      const { body } = await vault.ask("GET", "auth/token/lookup-self", undefined, token);
      assert.deepEqual(at(body, "data", "policies"), ["root"]);
    });
}

/** A field of a table as the command line prints it: at a terminal in colour. */
function field(output: string, name: string): string {
  const [, value] = new RegExp(`^${name} +(\\S+)`, "m").exec(stripVTControlCharacters(output)) ?? [];
  assert.ok(value !== undefined, output);
  return value;
}
