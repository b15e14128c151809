import assert from "node:assert/strict";
import { ask, type Question } from "../../inputs/service-request";

describe("question to a service", () => {
  const patience = 1000;
  const impossible: readonly (readonly [string, Question])[] = [
    ["an address that is none", { address: "https://", patience }],
    ["a port that no machine has", { address: "http://127.0.0.1:99999/", patience }],
    ["a protocol that it does not speak", { address: "ftp://127.0.0.1/", patience }],
    ["a header with a line break", { address: "http://127.0.0.1:9/", headers: { Authorization: "a\nb" }, patience }],
    [
      "a header that is not ASCII",
      { address: "http://127.0.0.1:9/", headers: { Authorization: "\u{1f511}" }, patience },
    ],
  ];
  for (const [title, question] of impossible) {
    it(`has no answer, and no error with a trace, for ${title}`, async () => {
      assert.deepEqual(await ask(question), { kind: "silent" });
    });
  }
});
