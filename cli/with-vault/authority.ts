import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toJson, jsonAt } from "../../model/json";
import { platformNamespaces } from "../../model/platform-names";
import { labCa } from "../../plan/platform/cert-manager-issuers";
import type { ClusterVault } from "../cluster-vault";
import { type Kubectl, textOf } from "../kubectl";
import { Obstacle } from "../obstacle";

/** Whom a command trusts to be Vault. */
export interface Authority {
  /** Certificate (PEM); undefined: those that the machine trusts. */
  readonly certificate: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Takes away what was written. */
  readonly dispose: () => void;
}

export interface AuthorityArgs {
  readonly vault: ClusterVault;
  /** Where Vault is asked. */
  readonly address: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder for the file of a certificate. */
  readonly temporary: string;
  readonly kubectl: Kubectl;
  /** Tells the person one thing. */
  readonly say: (text: string) => void;
}

/** The authority that the environment names, or where the cluster has one of its own, that one. */
export async function authorityOf(args: AuthorityArgs): Promise<Authority> {
  const { vault, address, environment, temporary, kubectl, say } = args;
  const { VAULT_CACERT: given = "", NODE_EXTRA_CA_CERTS: node = "" } = environment;
  if (given !== "") return { ...inFile(given, node), certificate: readGiven(given) };
  if (!vault.labAuthority || !address.startsWith("https:")) return none;
  const certificate = await labCertificate(kubectl);
  if (node !== "" && !hasCertificate(node, certificate)) say(untrusting(node));
  const folder = mkdtempSync(join(temporary, "idp-vault-"));
  const dispose = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const file = join(folder, "lab-ca.crt");
    writeFileSync(file, certificate, { mode: 0o600 });
    return { ...inFile(file, node), certificate, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

const none: Authority = { certificate: undefined, variables: {}, dispose: () => undefined };

/** Vault's own command line and Pulumi's provider read the one variable, programs of Node the other. */
function inFile(file: string, node: string): Omit<Authority, "certificate"> {
  const variables = { VAULT_CACERT: file, ...(node === "" ? { NODE_EXTRA_CA_CERTS: file } : {}) };
  return { variables, dispose: () => undefined };
}

function hasCertificate(file: string, certificate: string): boolean {
  try {
    return readFileSync(file, "utf8").includes(certificate.trim());
  } catch {
    return false;
  }
}

function untrusting(file: string): string {
  return (
    `NODE_EXTRA_CA_CERTS names ${file} already, so programs of Node do not trust Vault's authority; ` +
    `add the certificate of the Secret ${labCa} in ${platformNamespaces.certManager} to that file, or unset the variable`
  );
}

function readGiven(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Obstacle(
      `VAULT_CACERT names ${file}, which cannot be read; name the file of Vault's authority, or unset it`,
    );
  }
}

async function labCertificate(kubectl: Kubectl): Promise<string> {
  const namespace = platformNamespaces.certManager;
  const answer = await kubectl("-n", namespace, "get", "secret", labCa, "-o", "json");
  const what = `read the Secret ${labCa} in the namespace ${namespace}, which has the certificate of Vault's authority`;
  const text = textOf(answer, `${what} (or set VAULT_CACERT to a copy of it)`);
  const encoded = text === undefined ? undefined : jsonAt(toJson(JSON.parse(text)), "data", "tls.crt");
  if (typeof encoded === "string") return Buffer.from(encoded, "base64").toString("utf8");
  throw new Obstacle(
    `the cluster has no certificate authority yet (Secret ${labCa} in ${namespace}); ` +
      "run `pulumi up` of the platform stack first, or set VAULT_CACERT",
  );
}
