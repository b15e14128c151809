// Fetches argocd-vault-plugin into a volume, and takes nothing but the very file that its SHA-256 stands for.
//
//   VERSION       what is fetched, for a person to read
//   BINARIES      JSON: by the name of the machine (`x64`, `arm64`) `address` and `sha256` of the file
//   TARGET        file that is made, with the right to run it; it is there whole or not at all
//   WAIT_SECONDS  how long trouble that passes is waited out
import { createHash } from "node:crypto";
import { chmodSync, createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { given, patiently, printable, run, TryAgain } from "./shared/service.mjs";

/** Bytes; the file has about 90 million. */
const largest = 250_000_000;

/** Seconds for one attempt. */
const attempt = 300;

class TooLarge extends Error {}

await run(async () => {
  const target = given("TARGET");
  const what = `argocd-vault-plugin ${given("VERSION")}`;
  const binary = JSON.parse(given("BINARIES"))[process.arch];
  if (!binary) throw new Error(`there is no ${what} for machines of the kind ${process.arch}`);
  if (existsSync(target) && (await sumOf(createReadStream(target))) === binary.sha256) return;
  await patiently(() => fetchFile({ ...binary, what, target }), { forSeconds: Number(given("WAIT_SECONDS")) });
  console.log(`${what} is the file that it should be`);
});

async function fetchFile({ address, sha256, what, target }) {
  const part = `${target}.part`;
  try {
    const found = await download(address, part);
    if (found !== sha256) {
      throw new Error(
        `${address} gave another file than ${what}: its SHA-256 is ${found} and should be ${sha256}; it is not used`,
      );
    }
    chmodSync(part, 0o555);
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
}

/** Follows redirections, as GitHub gives them: the sum says whether the file is the right one, wherever it was. */
async function download(address, file) {
  const response = await reached(address, () => fetch(address, { signal: AbortSignal.timeout(attempt * 1000) }));
  const { status } = response;
  if (status === 429 || status >= 500) throw new TryAgain(`${address} answers ${status}`);
  if (status !== 200) throw new Error(`${address} answers ${status}`);
  const digest = createHash("sha256");
  await reached(address, () =>
    pipeline(Readable.fromWeb(response.body), counted(address, digest), createWriteStream(file)),
  );
  return digest.digest("hex");
}

/** Passes on what it sums up, and no more than there is room for. */
function counted(address, digest) {
  let bytes = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      bytes += chunk.length;
      digest.update(chunk);
      done(bytes > largest ? new TooLarge(`${address} gives more than ${largest} bytes; it is not used`) : null, chunk);
    },
  });
}

/** Trouble on the way passes; a volume that is full or closed does not, and has a word of the system for it. */
async function reached(address, step) {
  try {
    return await step();
  } catch (error) {
    if (error instanceof TooLarge || ["ENOSPC", "EACCES", "EROFS", "ENOENT"].includes(error.code)) throw error;
    throw new TryAgain(`${address} cannot be fetched: ${printable(String(error.cause?.message || error.message))}`);
  }
}

async function sumOf(stream) {
  const digest = createHash("sha256");
  for await (const chunk of stream) digest.update(chunk);
  return digest.digest("hex");
}
