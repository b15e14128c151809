import { charts } from "../model/catalog";
import { namespaceMadeBy } from "../plan/namespace";
import type { ComponentPlan, PlannedRelease, PlannedResource } from "../plan/planned-resource";
import { repositoryTexts } from "./describe-repository";
import { counted, unbroken, wrap } from "./text-layout";
import type { Page } from "./page";

/** A component in a few lines: what it is, where it answers, what it keeps. */
export function describeComponent(page: Page, component: ComponentPlan, nameWidth: number): readonly string[] {
  const indent = " ".repeat(nameWidth + 4);
  return facts(component).flatMap((fact, index) => {
    const first = index === 0 ? `  ${page.palette.name(component.name.padEnd(nameWidth))}  ` : indent;
    return wrap(fact, { width: page.width, first, rest: `${indent}  ` });
  });
}

function facts({ resources, addresses, about }: ComponentPlan): readonly string[] {
  const volumes = resources.flatMap((resource) => resource.volumes ?? []).map(({ name, size }) => `${name} ${size}`);
  const secrets = resources.filter(({ kind }) => kind === "password" || kind === "private-key").map(({ name }) => name);
  const audits = resources.filter(({ kind }) => kind === "vault-audit").map(({ name }) => name);
  const mounts = resources.flatMap((resource) => (resource.kind === "vault-mount" ? [resource.path] : []));
  return [
    what(resources),
    ...addresses,
    ...(about === undefined ? [] : [about.replace(/`[^`]*`/g, unbroken)]),
    ...repositoryTexts(resources),
    ...listed("volumes", volumes),
    ...listed("generated secrets", secrets),
    ...listed("Vault secrets engines", mounts),
    ...listed("Vault audit devices", audits),
  ];
}

function what(resources: readonly PlannedResource[]): string {
  const releases = resources.flatMap((resource) => (resource.kind === "release" ? [resource] : []));
  const all = counted(resources.length, "resource");
  if (releases.length > 0) return [...releases.flatMap(releaseText), all].map(unbroken).join(", ");
  const namespaces = resources.flatMap((resource) => namespaceMadeBy(resource) ?? []);
  return [...namespaces.map((name) => `namespace ${name}`), all].map(unbroken).join(", ");
}

function releaseText({ chart, source, namespace }: PlannedRelease): readonly string[] {
  return [`chart ${chart} ${sourceText(chart, source)}`, `namespace ${namespace}`];
}

/** The chart's version, and in brackets that of the software where it is another and known. */
function sourceText(chart: PlannedRelease["chart"], source: PlannedRelease["source"]): string {
  if ("directory" in source) return `from ${source.directory}`;
  const { version, appVersion } = charts[chart];
  return source.version === version && !version.endsWith(appVersion.replace(/^v/, ""))
    ? `${version} (${appVersion})`
    : source.version;
}

function listed(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${unbroken(title)}: ${items.map(unbroken).join(", ")}`];
}
