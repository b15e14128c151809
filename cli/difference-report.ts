import type { Json } from "../model/json";
import type { Change } from "../plan/difference";
import type { FieldChange } from "../plan/field-changes";
import type { Page } from "./page";
import { counted, wrap } from "./text-layout";

/** Fields of one change that are shown; `--json` has all. */
const shownFields = 6;

/** The difference for a person to read, data loss marked. */
export function differenceReport(page: Page, changes: readonly Change[], ref: string): string {
  if (changes.length === 0) return `No changes since ${ref}.\n`;
  const { title } = page.palette;
  const stacks = [...new Set(changes.map(({ stack }) => stack))];
  const sections = [
    wrap(`Changes since ${ref}: ${summary(changes)}`, { width: page.width, first: "", rest: "  " }).map(title),
    ...stacks.map((stack) => [
      title(stack),
      ...stackLines(
        page,
        changes.filter((change) => change.stack === stack),
      ),
    ]),
    verdict(page, changes),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function summary(changes: readonly Change[]): string {
  return (["added", "changed", "removed"] as const)
    .map((kind) => `${changes.filter(({ change }) => change === kind).length} ${kind}`)
    .join(", ");
}

/** What belongs to a component or project, below its name. */
function stackLines(page: Page, changes: readonly Change[]): readonly string[] {
  const components = [...new Set(changes.map(({ component }) => component))];
  return components.flatMap((component) => {
    const own = withoutRepeats(changes.filter((change) => change.component === component));
    if (component === undefined) return own.flatMap((change) => changeLines(page, change, "  "));
    const owner = own.find(({ type }) => type === "component" || type === "project");
    const heading = owner ? changeLines(page, owner, "  ") : [`  ${page.palette.name(component)}`];
    const parts = own.filter((change) => change !== owner);
    return [
      ...heading,
      ...(owner ? wholeLines(page, parts) : parts.flatMap((part) => changeLines(page, part, "    "))),
    ];
  });
}

/** What to do about several marks of a component is written out at the first of them. */
function withoutRepeats(changes: readonly Change[]): readonly Change[] {
  const told = new Set<string>();
  return changes.map((change) => {
    const dataLoss = change.dataLoss.map((reason) =>
      told.has(reason) ? reason.replace(/: .*/, ", as above") : reason,
    );
    for (const reason of change.dataLoss) told.add(reason);
    return { ...change, dataLoss };
  });
}

/** Of something that is new or gone as a whole: its resources are only counted, unless one of them matters. */
function wholeLines(page: Page, parts: readonly Change[]): readonly string[] {
  const told = (part: Change) =>
    part.type === "application" || part.type === "database" || part.dataLoss.length > 0 || part.warnings.length > 0;
  const rest = parts.filter((part) => !told(part)).length;
  const lines = parts.filter(told).flatMap((part) => changeLines(page, part, "    "));
  return rest === 0 ? lines : [...lines, page.palette.quiet(`    and ${counted(rest, "resource")}`)];
}

function changeLines(page: Page, change: Change, indent: string): readonly string[] {
  const { palette, width } = page;
  const mark = change.dataLoss.length > 0 ? ` ${palette.danger("DATA LOSS")}` : "";
  const below = { width, first: `${indent}    `, rest: `${indent}      ` };
  const fields = change.fields.slice(0, shownFields);
  const hidden = change.fields.length - fields.length;
  return [
    ...wrap(`${sign(page, change)} ${shortType(change.type)} ${change.name}${mark}`, { ...below, first: indent }),
    ...change.dataLoss.flatMap((reason) => wrap(reason, below).map(palette.danger)),
    ...change.warnings.flatMap((warning) => wrap(warning, below).map(palette.warning)),
    ...fields.flatMap((field) => wrap(fieldText(field), below)),
    ...(hidden > 0 ? [palette.quiet(`${below.first}and ${counted(hidden, "more field")}; --json shows all`)] : []),
  ];
}

function sign({ palette }: Page, { change }: Change): string {
  switch (change) {
    case "added":
      return palette.added("+");
    case "removed":
      return palette.danger("-");
    case "changed":
      return palette.warning("~");
  }
}

/** `apps/v1/StatefulSet` as people say it. */
function shortType(type: string): string {
  return type.split("/").at(-1) ?? type;
}

function fieldText({ path, before, after }: FieldChange): string {
  const [old, now] = [valueText(before), valueText(after)];
  const start = sharedStart(old, now);
  return `${path.replace(/^manifest\./, "")}: ${shortened(old, start)} -> ${shortened(now, start)}`;
}

function valueText(value: Json | undefined): string {
  if (value === undefined) return "(none)";
  return typeof value === "string" && /^[\w./:@<>-]+$/.test(value) ? value : JSON.stringify(value);
}

/** How many characters two texts begin with alike. */
function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** At most 60 characters, among them the first that differs. */
function shortened(text: string, start: number): string {
  if (text.length <= 60) return text;
  const rest = start > 40 ? `...${text.slice(start - 20)}` : text;
  return rest.length > 60 ? `${rest.slice(0, 57)}...` : rest;
}

function verdict({ palette, width }: Page, changes: readonly Change[]): readonly string[] {
  const count = changes.filter(({ dataLoss }) => dataLoss.length > 0).length;
  if (count === 0) return [];
  const text =
    `DATA LOSS: ${counted(count, "change")} would destroy data. Make a backup first, or take the change back: ` +
    "keep the size or let it grow, keep the version or raise it step by step, keep the name, keep the seal or migrate it " +
    "(docs/vault.md).";
  return wrap(text, { width, first: "", rest: "" }).map(palette.danger);
}
