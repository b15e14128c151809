import type { ClusterFacts } from "./cluster-facts";
import { challengeAccess, planTrafficRule, type TrafficRule } from "./network-policies";
import type { KubernetesManifest, PlannedManifest } from "./planned-resource";
import { type RouteArgs, routeObjects } from "./route-objects";

export type { RouteService } from "./route-objects";

export interface RoutePlanArgs extends Pick<RouteArgs, "name" | "namespace" | "host" | "service" | "only"> {
  /** Which entry points it listens on: those for the house, or those that the internet may reach. */
  readonly exposure: "internal" | "public";
}

/** What a component with a route depends on: the component whose issuer signs the certificate. */
export function routeDependencies(facts: ClusterFacts): readonly string[] {
  return hasIssuer(facts) ? ["cert-manager"] : [];
}

/** The objects of a host, and what its certificate needs to be signed. */
export function planRoute(facts: ClusterFacts, args: RoutePlanArgs): readonly PlannedManifest[] {
  const entryPoints = facts.entryPoints[args.exposure];
  const { certificate, redirect, http, https } = routeObjects({ ...args, entryPoints, issuer: hasIssuer(facts) });
  return [
    ...(certificate ? [planned(args, "certificate", certificate)] : []),
    ...challengeRule(facts, args),
    planned(args, "redirect", redirect),
    planned(args, "http", http),
    planned(args, "https", https),
  ];
}

function hasIssuer({ tls }: ClusterFacts): boolean {
  return tls.mode !== "traefik";
}

function planned(args: RoutePlanArgs, role: string, manifest: KubernetesManifest): PlannedManifest {
  return { kind: "manifest", name: `${args.name}-route-${role}`, manifest };
}

function challengeRule({ tls }: ClusterFacts, { name, namespace }: RoutePlanArgs): readonly PlannedManifest[] {
  if (tls.mode !== "acme" || tls.challenge.type !== "http01") return [];
  const rule: TrafficRule = { name: `${name}-challenge`, direction: "ingress", ...challengeAccess };
  return [planTrafficRule({ resource: `${name}-route`, namespace, rule })];
}
