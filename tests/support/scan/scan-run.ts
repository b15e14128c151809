import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../../../plan/program-files";
import { type Ended, runScript, type Shell } from "../git/run-script";

type Vulnerability = readonly [severity: string, description: string];

/** What a search for known vulnerabilities meets. */
export interface Met {
  /** Vulnerabilities of each platform. */
  readonly found?: Readonly<Record<string, readonly Vulnerability[]>>;
  /** What each failing call complains of, one after the other. */
  readonly download?: readonly string[];
  readonly search?: readonly string[];
}

export const scannedDigest = `sha256:${"d".repeat(64)}`;
export const scannedImage = "harbor.lab.example/shop/api";

const usual = {
  IMAGE: scannedImage,
  DIGEST: scannedDigest,
  SCAN_MODE: "enforce",
  SEVERITIES: "HIGH,CRITICAL",
  PLATFORMS: "linux/amd64",
  PAUSES: "0 0",
};

/** One run of scan.sh with a stand-in of trivy, in folders as its pod has them. */
export class ScanRun {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-test-scan-"));

  constructor() {
    for (const name of ["programs", "work", "results", "calls", "reports"]) mkdirSync(join(this.folder, name));
    const trivy = join(this.folder, "programs", "trivy");
    copyFileSync(join(__dirname, "fake-trivy.sh"), trivy);
    chmodSync(trivy, 0o755);
  }

  scan({ found = {}, ...failing }: Met, variables: Partial<typeof usual> = {}, shell?: Shell): Promise<Ended> {
    const given = { ...usual, ...variables };
    for (const platform of new Set([
      ...platforms,
      ...given.PLATFORMS.split(",").filter(Boolean),
      ...Object.keys(found),
    ])) {
      const file = join(this.folder, "reports", platform.replaceAll("/", "_"));
      writeFileSync(file, report(found[platform] ?? [], given.SEVERITIES));
    }
    for (const [kind, complaints] of Object.entries(failing))
      writeFileSync(join(this.folder, kind), complaints.map((line) => `${line}\n`).join(""));
    return runScript(programs.scan, { ...this.#places(), ...given }, shell);
  }

  /** What Kubernetes shows, and what the step puts out. */
  get told(): readonly [message: string, findings: string] {
    return [this.#read("message"), this.#read(join("results", "findings"))];
  }

  /** Arguments of each call of trivy. */
  get calls(): readonly (readonly string[])[] {
    const numbers = readdirSync(join(this.folder, "calls")).sort((a, b) => Number(a) - Number(b));
    return numbers.map((number) => this.#read(join("calls", number)).split("\0").slice(0, -1));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #places() {
    const folder = (name: string) => join(this.folder, name);
    const own = { PATH: folder("programs"), FAKE: this.folder, MESSAGE_FILE: folder("message") };
    return { ...own, WORK: folder("work"), RESULTS: folder("results") };
  }

  #read(name: string): string {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }
}

/** Those of the machines that tests run on. */
const platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"];

/** As trivy writes it: with the severities that count alone. Source: aquasecurity/trivy pkg/report/json.go */
function report(found: readonly Vulnerability[], severities: string): string {
  const counted = found.filter(([severity]) => severities.split(",").includes(severity));
  const vulnerabilities = counted.map(([Severity, Description], index) => ({
    VulnerabilityID: `CVE-2026-${index}`,
    Description,
    Severity,
    VendorSeverity: { nvd: 3 },
  }));
  const result = { Packages: [{ Name: 'a "Severity": "HIGH", package' }], Vulnerabilities: vulnerabilities };
  return JSON.stringify({ SchemaVersion: 2, Results: [result] }, null, 2);
}
