import type { ClusterVault } from "../cluster-vault";
import type { Page } from "../page";
import { counted, unbroken, wrap } from "../text-layout";
import type { Finding } from "./finding";

/** What was found, for a person to read: one line each, and below it what to do. */
export function doctorReport(page: Page, vault: ClusterVault, findings: readonly Finding[]): string {
  const title = `Vault of ${vault.platform}, context ${vault.context}, unseal mode ${vault.server.unseal.mode}`;
  const body = findings.flatMap((finding) => findingLines(page, finding));
  return [page.palette.title(title), "", ...body, "", summary(page, findings), ""].join("\n");
}

const margin = " ".repeat("  unknown  ".length);

function findingLines({ width, palette }: Page, { status, text, remedy, said = [] }: Finding): readonly string[] {
  const paint = { ok: palette.added, wrong: palette.danger, unknown: palette.warning }[status];
  const first = `  ${paint(status)}${" ".repeat(margin.length - 2 - status.length)}`;
  return [
    ...wrap(whole(text), { width, first, rest: margin }),
    ...said.map((line) => `${margin}| ${line}`),
    ...(remedy === undefined ? [] : wrap(whole(remedy), { width, first: `${margin}-> `, rest: `${margin}   ` })),
  ];
}

/** A command that is broken into two lines would be two commands for a shell. */
function whole(text: string): string {
  return text.replace(/`[^`]*`/g, unbroken);
}

function summary({ palette }: Page, findings: readonly Finding[]): string {
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const parts = [
    ...(count("wrong") === 0 ? [] : [palette.danger(`${counted(count("wrong"), "thing")} to mend`)]),
    ...(count("unknown") === 0 ? [] : [palette.warning(`${counted(count("unknown"), "thing")} could not be seen`)]),
  ];
  return parts.length === 0 ? palette.added("All is well.") : parts.join(", ");
}
