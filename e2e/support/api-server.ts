import { connect } from "node:tls";
import { kubectl } from "./kubectl";

/** Address of the API server that the active context names. */
export function apiServerAddress(): string {
  const path = "jsonpath={.clusters[0].cluster.server}";
  return new URL(kubectl("config", "view", "--minify", "-o", path)).origin;
}

/** The authority that signed the certificate of the API server, as PEM: the last of those that it shows. */
export async function apiServerAuthority(): Promise<string> {
  const { hostname: host, port } = new URL(apiServerAddress());
  const raw = await new Promise<Buffer>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(lastOf(socket.getPeerCertificate(true)).raw);
      socket.end();
    });
    socket.on("error", reject);
  });
  const lines = raw.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** A certificate and who signed it; Node knows no issuer of one that was sent alone, and gives one that signed itself as its own. */
interface Signed {
  readonly raw: Buffer;
  readonly fingerprint256: string;
  readonly issuerCertificate?: Signed;
}

function lastOf(certificate: Signed): Signed {
  const { issuerCertificate: issuer } = certificate;
  return issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256 ? certificate : lastOf(issuer);
}
