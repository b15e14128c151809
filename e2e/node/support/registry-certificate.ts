import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A private key and a certificate (both PEM) that it has signed itself. */
export interface OwnCertificate {
  readonly key: string;
  readonly certificate: string;
}

/** For one host, and for a day. */
export function newCertificate(host: string): OwnCertificate {
  const folder = mkdtempSync(join(tmpdir(), "idp-e2e-tls-"));
  const [key, certificate] = [join(folder, "key"), join(folder, "certificate")];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  const names = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
  try {
    execFileSync("openssl", ["req", "-x509", ...kind, ...names, "-keyout", key, "-out", certificate], {
      stdio: "ignore",
    });
    return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
