// Part of vault-init: the answer that holds the keys, on the node's disk until it is stored in the cluster.
//   JOURNAL   file on a volume that outlives the container
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checked, say } from "./discreet.mjs";
import { secretFile } from "./service.mjs";

/** Bytes of the file; the answer with the most keys fills an eighth of it. */
const size = 32_768;

/** The same as the marks on the disk, where the disk cannot say it. */
const sent = new Set();

/** What an earlier container has left; undefined when there is nothing to store. */
export function readJournal() {
  try {
    const text = existsSync(checked("JOURNAL", "file")) ? secretFile("JOURNAL") : "";
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    say("the journal of an earlier container cannot be read");
    return undefined;
  }
}

/** Takes the place that the answer will need, so that no full or broken disk is found out too late. */
export function reserveJournal() {
  try {
    forgetSent();
    fill("");
  } catch (error) {
    throw new Error(`the journal cannot be written (${error.code}), so Vault has not been initialised`);
  }
}

export function keepJournal(content) {
  fill(JSON.stringify(content));
}

/** Nothing of the keys stays on the node; a disk keeps what was only removed. */
export function removeJournal() {
  try {
    fill("");
  } catch (error) {
    say(`the journal cannot be written over (${error.code})`);
  }
  try {
    rmSync(checked("JOURNAL", "file"), { force: true });
    forgetSent();
    flushFolder();
  } catch (error) {
    say(`the journal cannot be removed (${error.code})`);
  }
}

/** Whether a request for the object was sent that may have had an effect. */
export function wasSent(name) {
  return sent.has(name) || existsSync(mark(name));
}

/** Writes down that a request is about to be sent, or that it is known to have had no effect. */
export function noteSent(name, isSent) {
  try {
    if (isSent) closeSync(openSync(mark(name), "w", 0o600));
    else rmSync(mark(name), { force: true });
    flushFolder();
  } catch (error) {
    say(`the journal cannot be written (${error.code})`);
  }
  if (isSent) sent.add(name);
  else sent.delete(name);
}

function forgetSent() {
  const file = checked("JOURNAL", "file");
  const marks = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.sent.`));
  for (const name of marks) rmSync(join(dirname(file), name), { force: true });
  sent.clear();
}

function mark(name) {
  return `${checked("JOURNAL", "file")}.sent.${name}`;
}

function fill(text) {
  const file = openSync(checked("JOURNAL", "file"), existsSync(checked("JOURNAL", "file")) ? "r+" : "w", 0o600);
  try {
    if (writeSync(file, text.padEnd(size), 0) < size) throw Object.assign(new Error("too short"), { code: "ENOSPC" });
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  flushFolder();
}

/** A new name in a folder is on the disk only when the folder is. */
function flushFolder() {
  const folder = openSync(dirname(checked("JOURNAL", "file")), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
