import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { IClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer";
import type { ISecret } from "kubernetes-models/v1/Secret";
import { clusterIssuerName } from "../../model/platform-names";
import type { PlatformSecretKey } from "../../model/platform-settings";
import { secretOf, secretText } from "../../model/secret-text";
import type { ClusterFacts } from "../cluster-facts";
import { manifest } from "../manifest";
import type { PlannedManifest } from "../planned-resource";

export interface IssuersPlanArgs {
  readonly facts: ClusterFacts;
  readonly hasAcmeDnsToken: boolean;
  /** Logical name of cert-manager's release; logical names start with it. */
  readonly name: string;
  /** cert-manager's own namespace, where a ClusterIssuer looks for its Secrets. */
  readonly namespace: string;
}

type AcmeSettings = Extract<ClusterFacts["tls"], { readonly mode: "acme" }>;

/** The ClusterIssuer that the routes name, and what it needs. */
export function planIssuers(args: IssuersPlanArgs): readonly PlannedManifest[] {
  const { tls } = args.facts;
  switch (tls.mode) {
    case "lab-ca":
      return labIssuers(args);
    case "acme":
      return acmeIssuers(args, tls);
    case "traefik":
      throw new Error("cert-manager is planned although Traefik's own certificate is in use");
  }
}

/** Name of the lab's certificate authority, and of the Secret with its certificate under `tls.crt`. */
export const labCa = "lab-ca";
const selfSigned = "idp-self-signed";

/** A certificate authority of the lab: it signs itself once, and then every host. */
function labIssuers({ name, namespace }: IssuersPlanArgs): readonly PlannedManifest[] {
  const root = issuer(selfSigned, { selfSigned: {} });
  const certificate = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: labCa, namespace },
    spec: {
      isCA: true,
      commonName: "idp lab CA",
      secretName: labCa,
      duration: "87600h",
      // A new key would have to be brought to every browser and node again.
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
      issuerRef: { kind: "ClusterIssuer", name: selfSigned },
    },
  } as const satisfies ICertificate;
  return [
    { kind: "manifest", name: `${name}-self-signed`, manifest: manifest(root), dependsOn: [name] },
    { kind: "manifest", name: `${name}-lab-ca`, manifest: manifest(certificate), dependsOn: [`${name}-self-signed`] },
    clusterIssuer(name, { ca: { secretName: labCa } }, `${name}-lab-ca`),
  ];
}

const dnsToken = { name: "acme-dns-token", key: "api-token" } as const;
const dnsTokenConfigKey: PlatformSecretKey = "acmeDnsToken";

function acmeIssuers(args: IssuersPlanArgs, tls: AcmeSettings): readonly PlannedManifest[] {
  const { name } = args;
  const token = tls.challenge.type === "cloudflare" && args.hasAcmeDnsToken ? [dnsTokenSecret(args)] : [];
  const acme = {
    email: tls.email,
    server: tls.server,
    privateKeySecretRef: { name: "acme-account" },
    solvers: [solver(tls)],
  };
  return [...token, clusterIssuer(name, { acme }, name, ...token.map((secret) => secret.name))];
}

type AcmeSpec = NonNullable<IClusterIssuer["spec"]["acme"]>;

function solver({ challenge }: AcmeSettings): NonNullable<AcmeSpec["solvers"]>[number] {
  switch (challenge.type) {
    case "http01":
      return { http01: { ingress: { ingressClassName: "traefik" } } };
    case "cloudflare":
      return { dns01: { cloudflare: { apiTokenSecretRef: { ...dnsToken } } } };
  }
}

function dnsTokenSecret({ name, namespace }: IssuersPlanArgs): PlannedManifest {
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: dnsToken.name, namespace },
  } as const satisfies ISecret;
  const stringData = { [dnsToken.key]: secretText(secretOf(dnsTokenConfigKey)) };
  return {
    kind: "manifest",
    name: `${name}-acme-dns-token`,
    manifest: manifest({ ...object, stringData }),
  };
}

function issuer(name: string, spec: IClusterIssuer["spec"]) {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { name },
    spec,
  } as const satisfies IClusterIssuer;
}

function clusterIssuer(name: string, spec: IClusterIssuer["spec"], ...dependsOn: readonly string[]): PlannedManifest {
  return { kind: "manifest", name: `${name}-issuer`, manifest: manifest(issuer(clusterIssuerName, spec)), dependsOn };
}
