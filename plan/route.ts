import type { ICertificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import type { IIngressRoute } from "@kubernetes-models/traefik/traefik.io/v1alpha1/IngressRoute";
import type { IMiddleware } from "@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware";
import { clusterIssuerName } from "../model/platform-names";
import type { ClusterFacts } from "./cluster-facts";
import { manifest } from "./manifest";
import { planTrafficRule, type TrafficRule, traefikPeer } from "./network-policies";
import type { PlannedManifest } from "./planned-resource";

export interface RoutePlanArgs {
  /** Logical names and object names start with it. */
  readonly name: string;
  readonly namespace: string;
  /** Which entry points it listens on: those for the house, or those that the internet may reach. */
  readonly exposure: "internal" | "public";
  readonly host: string;
  readonly service: RouteService;
  /** Narrows the route to one method and one exact path; absent: the whole host. */
  readonly only?: { readonly method: "POST"; readonly path: string };
}

export interface RouteService {
  readonly name: string;
  readonly port: number;
}

/** What a component with a route depends on: the component whose issuer signs the certificate. */
export function routeDependencies(facts: ClusterFacts): readonly string[] {
  return facts.tls.mode === "traefik" ? [] : ["cert-manager"];
}

/**
 * A host with TLS: the certificate, the https route, and the redirect of plain http. Everything is in the service's own
 * namespace, since Traefik follows no reference into another one.
 */
export function planRoute(facts: ClusterFacts, args: RoutePlanArgs): readonly PlannedManifest[] {
  const certificate = facts.tls.mode === "traefik" ? [] : [planned(args, "certificate", certificateManifest(args))];
  return [
    ...certificate,
    ...challengeRule(facts, args),
    planned(args, "redirect", redirectMiddleware(args)),
    planned(args, "http", httpRoute(facts, args)),
    planned(args, "https", httpsRoute(facts, args)),
  ];
}

function planned(args: RoutePlanArgs, role: string, object: Parameters<typeof manifest>[0]): PlannedManifest {
  return { kind: "manifest", name: `${args.name}-route-${role}`, manifest: manifest(object) };
}

/** cert-manager answers an http01 challenge by a pod beside the certificate, which Traefik has to reach. */
function challengeRule({ tls }: ClusterFacts, { name, namespace }: RoutePlanArgs): readonly PlannedManifest[] {
  if (tls.mode !== "acme" || tls.challenge.type !== "http01") return [];
  const pods = { "acme.cert-manager.io/http01-solver": "true" };
  const rule: TrafficRule = {
    name: `${name}-challenge`,
    direction: "ingress",
    pods,
    peers: [traefikPeer],
    ports: [8089],
  };
  return [planTrafficRule({ resource: `${name}-route`, namespace, rule })];
}

function tlsSecretName(args: RoutePlanArgs): string {
  return `${args.name}-tls`;
}

function certificateManifest(args: RoutePlanArgs) {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: args.name, namespace: args.namespace },
    spec: {
      secretName: tlsSecretName(args),
      dnsNames: [args.host],
      issuerRef: { kind: "ClusterIssuer", name: clusterIssuerName },
    },
  } as const satisfies ICertificate;
}

function redirectMiddleware(args: RoutePlanArgs) {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "Middleware",
    metadata: { name: `${args.name}-redirect`, namespace: args.namespace },
    spec: { redirectScheme: { scheme: "https", permanent: true } },
  } as const satisfies IMiddleware;
}

/** Plain http only redirects; the service behind it is one that Traefik has built in and never answers. */
function httpRoute(facts: ClusterFacts, args: RoutePlanArgs) {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: `${args.name}-http`, namespace: args.namespace },
    spec: {
      entryPoints: [facts.entryPoints[args.exposure].http],
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

function httpsRoute(facts: ClusterFacts, args: RoutePlanArgs) {
  const only = args.only ? ` && Method(\`${args.only.method}\`) && Path(\`${args.only.path}\`)` : "";
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: args.name, namespace: args.namespace },
    spec: {
      entryPoints: [facts.entryPoints[args.exposure].https],
      routes: [
        {
          kind: "Rule",
          match: `Host(\`${args.host}\`)${only}`,
          services: [{ name: args.service.name, port: args.service.port }],
        },
      ],
      tls: facts.tls.mode === "traefik" ? {} : { secretName: tlsSecretName(args) },
    },
  } as const satisfies IIngressRoute;
}
