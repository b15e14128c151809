import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { IIngressRoute } from "@kubernetes-models/traefik/traefik.io/v1alpha1/IngressRoute";
import type { IMiddleware } from "@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware";
import { clusterIssuerName } from "../model/platform-names";
import { manifest } from "./manifest";
import type { Labels } from "./network-policies";
import type { KubernetesManifest } from "./planned-resource";

/** What the objects of one host are made of. */
export interface RouteArgs {
  /** Names of the objects start with it. */
  readonly name: string;
  readonly namespace: string;
  /** Labels of the objects; absent: none. */
  readonly labels?: Labels;
  readonly host: string;
  /** Traefik's entry points for it. */
  readonly entryPoints: { readonly http: string; readonly https: string };
  /** Whether a ClusterIssuer signs its certificate; if not, Traefik shows its default one. */
  readonly issuer: boolean;
  readonly service: RouteService;
  /** Narrows the route to one method and exact paths; absent: the whole host. */
  readonly only?: { readonly method: "POST"; readonly paths: readonly string[] } | undefined;
  /** Names of Middlewares of the namespace that a request passes, in this order; absent: none. */
  readonly middlewares?: readonly string[];
}

export interface RouteService {
  readonly name: string;
  readonly port: number;
}

/** The objects of a host by what they are for, in the order in which they are made. */
export type RouteObjects = Readonly<Partial<Record<"certificate", KubernetesManifest>>> &
  Readonly<Record<"redirect" | "http" | "https", KubernetesManifest>>;

/**
 * A host with TLS: the certificate, the https route, and the redirect of plain http. Everything is in the service's own
 * namespace, since Traefik follows no reference into another one.
 */
export function routeObjects(args: RouteArgs): RouteObjects {
  return {
    ...(args.issuer ? { certificate: manifest(certificate(args)) } : {}),
    redirect: manifest(redirectMiddleware(args)),
    http: manifest(httpRoute(args)),
    https: manifest(httpsRoute(args)),
  };
}

function metadata({ name, namespace, labels }: RouteArgs, ending = "") {
  return { name: `${name}${ending}`, namespace, ...(labels ? { labels: { ...labels } } : {}) };
}

/** Secret with the certificate and, where an authority of one's own has signed it, with that authority's under `ca.crt`. */
export function tlsSecretName({ name }: Pick<RouteArgs, "name">): string {
  return `${name}-tls`;
}

function certificate(args: RouteArgs) {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: metadata(args),
    spec: {
      secretName: tlsSecretName(args),
      dnsNames: [args.host],
      issuerRef: { kind: "ClusterIssuer", name: clusterIssuerName },
    },
  } as const satisfies ICertificate;
}

function redirectMiddleware(args: RouteArgs) {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: metadata(args, "-redirect"),
    spec: { redirectScheme: { scheme: "https", permanent: true } },
  } as const satisfies IMiddleware;
}

/** Plain http only redirects; the service behind it is one that Traefik has built in and never answers. */
function httpRoute(args: RouteArgs) {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: metadata(args, "-http"),
    spec: {
      entryPoints: [args.entryPoints.http],
      routes: [
        {
          kind: "Rule",
          match: `Host(\`${args.host}\`)`,
          middlewares: [{ name: `${args.name}-redirect` }],
          services: [{ kind: "TraefikService", name: "noop@internal" }],
        },
      ],
    },
  } as const satisfies IIngressRoute;
}

function httpsRoute(args: RouteArgs) {
  const middlewares = args.middlewares?.map((name) => ({ name }));
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: metadata(args),
    spec: {
      entryPoints: [args.entryPoints.https],
      routes: [
        {
          kind: "Rule",
          match: `Host(\`${args.host}\`)${narrowed(args)}`,
          ...(middlewares ? { middlewares } : {}),
          services: [{ name: args.service.name, port: args.service.port }],
        },
      ],
      tls: args.issuer ? { secretName: tlsSecretName(args) } : {},
    },
  } as const satisfies IIngressRoute;
}

function narrowed({ only }: RouteArgs): string {
  if (!only) return "";
  const paths = only.paths.map((path) => `Path(\`${path}\`)`).join(" || ");
  return ` && Method(\`${only.method}\`) && ${only.paths.length > 1 ? `(${paths})` : paths}`;
}
