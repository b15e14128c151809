import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";

/** Files of an archive by name, in their order. */
export type ArchiveFiles = Readonly<Record<string, Buffer>>;

/** The files of a snapshot as Vault makes it. */
export function snapshotFiles(stateSize = 3000): ArchiveFiles {
  const meta = Buffer.from(`${JSON.stringify({ Version: 1, ID: "bolt-snapshot", Index: 68, Term: 3 })}\n`);
  const state = randomBytes(stateSize);
  const files = { "meta.json": meta, "state.bin": state };
  return { ...files, SHA256SUMS: Buffer.from(sums(files)), "SHA256SUMS.sealed": randomBytes(187) };
}

export function sums(files: ArchiveFiles): string {
  return Object.entries(files)
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
}

/** An archive (ustar) of these files; nothing is pressed, so that a place in it is a place in the file. */
export function tarOf(files: ArchiveFiles): Buffer {
  const parts = Object.entries(files).flatMap(([name, content]) => [tarHeader(name, content.length), padded(content)]);
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function snapshotOf(files: ArchiveFiles): Buffer {
  return gzipSync(tarOf(files), { level: 0 });
}

/** Source: POSIX.1-1988, "ustar Interchange Format" */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (number: number, digits: number) => `${number.toString(8).padStart(digits, "0")}\0`;
  header.write(name, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(size, 11), 124);
  header.write(octal(1_700_000_000, 11), 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\u000000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
