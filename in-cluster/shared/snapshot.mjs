// Snapshots of Vault in a folder: one is there under its name only when it is whole and on the disk. A snapshot is a tar.gz
// of `meta.json`, `state.bin`, `SHA256SUMS` and, last, `SHA256SUMS.sealed`, which only Vault can make: without it somebody
// could have changed it, or Vault broke off. Source: hashicorp/raft-snapshot archive.go
import { createHash } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TryAgain } from "./service.mjs";

const snapshotForm = /^vault-\d{8}T\d{6}Z\.snap$/;
const partForm = /^\.[0-9a-f-]{36}\.part$/;
const tarBlock = 512;
/** Bytes; `meta.json` and the sums are some hundred each. */
const longestSmallFile = 8192;
const hour = 3_600_000;

/** Writes what comes, and gives it its name once it is whole. */
export async function saveSnapshot(folder, bytes) {
  const part = join(folder, `.${crypto.randomUUID()}.part`);
  try {
    await written(part, bytes);
    const facts = await checkSnapshot(part);
    const name = `vault-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "")}.snap`;
    await rename(part, join(folder, name));
    await onDisk(folder);
    return { name, file: join(folder, name), ...facts };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function written(file, bytes) {
  const handle = await open(file, "wx", 0o600).catch(refuseDisk);
  try {
    await handle.writeFile(bytes).catch(refuseDisk);
    await handle.sync().catch(refuseDisk);
  } finally {
    await handle.close();
  }
}

/** A name is there after a power cut only if its folder was written, too. */
async function onDisk(folder) {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What is wrong with the disk is final, what is wrong with the connection is not. */
function refuseDisk(error) {
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(error.code))
    throw new Error(
      "the volume of the snapshots is full: raise idp:vault.backup.storage where the storage class can grow volumes, or " +
        "lower idp:vault.backup.keep, then `pulumi up` of the platform stack",
    );
  if (error.syscall === "open" || error.syscall === "write" || error.syscall === "fsync")
    throw new Error(`the volume of the snapshots cannot be written to: ${error.message}`);
  throw error;
}

/** Reads it to the end and compares the sums. Says how large it is, and its own sum. */
export async function checkSnapshot(file) {
  const sum = createHash("sha256");
  const found = new Map();
  let size = 0;
  const handle = await open(file);
  try {
    await pipeline(
      handle.createReadStream(),
      async function* count(parts) {
        for await (const part of parts) {
          sum.update(part);
          size += part.length;
          yield part;
        }
      },
      createGunzip(),
      (parts) => readArchive(parts, found),
    );
  } catch (error) {
    throw new TryAgain(`what Vault sent is no whole snapshot, and was not kept: ${error.message}`);
  }
  return { size, sha256: sum.digest("hex") };
}

async function readArchive(parts, found) {
  let [entry, left, ended] = [undefined, 0, false];
  for await (const block of tarBlocks(parts)) {
    if (left > 0) {
      const bytes = block.subarray(0, Math.min(left, tarBlock));
      entry.sum.update(bytes);
      if (entry.size <= longestSmallFile) entry.text += bytes.toString("latin1");
      left -= bytes.length;
    } else if (block.every((byte) => byte === 0)) ended = true;
    else {
      entry = archiveEntry(block);
      if (ended || found.has(entry.name)) throw new Error("its files are not those of a snapshot");
      found.set(entry.name, entry);
      left = entry.size;
    }
  }
  if (left > 0 || !ended) throw new Error("its archive breaks off");
  compareSums(found);
}

/** All of an archive is in blocks, each file from the start of one. */
async function* tarBlocks(parts) {
  let rest = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = Buffer.concat([rest, part]);
    const whole = bytes.length - (bytes.length % tarBlock);
    for (let at = 0; at < whole; at += tarBlock) yield bytes.subarray(at, at + tarBlock);
    rest = bytes.subarray(whole);
  }
  if (rest.length > 0) throw new Error("its archive breaks off");
}

function archiveEntry(block) {
  const text = (from, to) => block.toString("latin1", from, to).replace(/[\0 ].*$/s, "");
  const [name, size] = [text(0, 100), text(124, 136)];
  if (text(257, 262) !== "ustar" || !/^[0-7]+$/.test(size) || !["0", ""].includes(text(156, 157)))
    throw new Error("its archive is not one that Vault writes");
  if (!["meta.json", "state.bin", "SHA256SUMS", "SHA256SUMS.sealed"].includes(name))
    throw new Error("its files are not those of a snapshot");
  return { name, size: Number.parseInt(size, 8), sum: createHash("sha256"), text: "" };
}

function compareSums(found) {
  const sums = found.get("SHA256SUMS")?.text ?? "";
  for (const name of ["meta.json", "state.bin"]) {
    const sum = found.get(name)?.sum.digest("hex");
    if (sum === undefined) throw new Error(`it has no ${name}`);
    if (!sums.split("\n").includes(`${sum}  ${name}`)) throw new Error(`the sum of ${name} is wrong`);
  }
  if (!found.get("SHA256SUMS.sealed")?.size) throw new Error("it has no SHA256SUMS.sealed");
}

/** Removes all but the newest snapshots, and nothing else. The one just made counts as the newest, whatever the clock said before. */
export async function thinOut(folder, keep, latest) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && snapshotForm.test(entry.name)).map(({ name }) => name);
  const others = names.filter((name) => name !== latest).sort();
  const gone = others.slice(0, Math.max(0, names.length - keep));
  for (const name of gone) await rm(join(folder, name));
  return { kept: names.length - gone.length, removed: gone.length };
}

/** What runs left that were killed. One that is younger may belong to a run of the same moment. */
export async function clearAway(folder) {
  for (const name of await readdir(folder)) {
    if (!partForm.test(name)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > hour) await rm(join(folder, name), { force: true });
  }
}
