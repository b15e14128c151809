import { databaseEngines } from "../../model/database-engines";
import type { Application, Database, Project } from "../../model/project";
import { type Allowance, internet, type TrafficPolicy, traefikPeer } from "../network-policies";
import { applicationLabels, databaseLabels } from "./project-labels";

/** All that one application may do. The name can be none of the other policies, whatever the application is called. */
export function applicationTraffic(project: Project, application: Application): TrafficPolicy {
  return {
    name: `application-${application.name}`,
    pods: applicationLabels(application),
    ingress: [...fromTraefik(application), ...fromCallers(project, application)],
    egress: [...toDatabases(project, application), ...toCalled(project, application), ...toInternet(application)],
  };
}

function fromTraefik({ domains, port }: Application): readonly Allowance[] {
  return domains.length === 0 ? [] : [{ peers: [traefikPeer], ports: [port] }];
}

function fromCallers({ applications }: Project, { name, port }: Application): readonly Allowance[] {
  const callers = applications.filter(({ calls }) => calls.includes(name));
  if (callers.length === 0) return [];
  return [{ peers: callers.map((caller) => ownPods(applicationLabels(caller))), ports: [port] }];
}

/** Port of the pods; that of the Service may be another. */
function toDatabases({ databases }: Project, { uses }: Application): readonly Allowance[] {
  const used = databases.filter(({ name }) => uses.includes(name));
  return used.map((database) => ({ peers: [ownPods(databaseLabels(database))], ports: [serverPort(database)] }));
}

function serverPort({ type }: Database): number {
  return databaseEngines[type].port;
}

function toCalled({ applications }: Project, { calls }: Application): readonly Allowance[] {
  const called = applications.filter(({ name }) => calls.includes(name));
  return called.map((application) => ({
    peers: [ownPods(applicationLabels(application))],
    ports: [application.port],
  }));
}

function toInternet(application: Application): readonly Allowance[] {
  return application.internet ? [{ peers: internet }] : [];
}

function ownPods(labels: ReturnType<typeof applicationLabels>) {
  return { kind: "same-namespace", labels } as const;
}
