import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What `kubectl` says to the first words that are in its arguments. */
export interface KubectlRow {
  /** Part of its arguments, such as `get secret vault-bootstrap-token`. */
  readonly asked: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  /** Never ends by itself. */
  readonly hangs?: boolean;
}

/** Errors as the real one writes them. */
export const kubectlErrors = {
  absent: 'Error from server (NotFound): secrets "x" not found\n',
  denied: 'Error from server (Forbidden): secrets "x" is forbidden: User "me" cannot get resource "secrets"\n',
  context: 'error: context "default" does not exist\n',
  silent:
    "E1121 20:30:02.027244 7401 memcache.go:265] couldn't get current server API group list\n" +
    "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n",
  expired: "error: You must be logged in to the server (Unauthorized)\n",
} as const;

/** A `kubectl` in a folder of its own that writes down what it is asked. What no row knows is not there. */
export class KubectlStandIn {
  /** For `PATH`. */
  readonly folder = mkdtempSync(join(tmpdir(), "idp-kubectl-"));

  constructor(rows: readonly KubectlRow[]) {
    this.answer(rows);
  }

  answer(rows: readonly KubectlRow[]): void {
    const cases = rows.map((row, index) => this.#row(row, index));
    const absent = `  *) cat '${this.#file("absent", kubectlErrors.absent)}' >&2; exit 1 ;;`;
    const log = join(this.folder, "asked");
    const lines = ["#!/bin/sh", `printf '%s\\n' "$*" >> '${log}'`, 'case "$*" in', ...cases, absent, "esac", ""];
    writeFileSync(join(this.folder, "kubectl"), lines.join("\n"));
    chmodSync(join(this.folder, "kubectl"), 0o755);
  }

  /** The arguments of each call. */
  get asked(): readonly string[] {
    const log = join(this.folder, "asked");
    return existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #row({ asked, stdout = "", stderr = "", code = 0, hangs = false }: KubectlRow, index: number): string {
    const said = this.#file(`${index}.out`, stdout);
    const trouble = this.#file(`${index}.err`, stderr);
    const end = hangs ? "exec sleep 60" : `exit ${stderr === "" ? code : code || 1}`;
    return `  *'${asked}'*) cat '${said}'; cat '${trouble}' >&2; ${end} ;;`;
  }

  #file(name: string, content: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
}
