import { enteredVaultKey } from "../model/names";
import type { VaultSecretPlan } from "../plan/projects/project-plan";
import type { ClusterPlan } from "../plan/stack-plan";
import type { Page } from "./page";
import { counted, unbroken, wrap } from "./text-layout";

/** A secret that a person enters: where it is in Vault. */
export type EnteredSecret = Pick<VaultSecretPlan, "mount" | "path">;

/** Every secret that people enter, in the order of the report. */
export function enteredSecrets({ stacks }: ClusterPlan): readonly EnteredSecret[] {
  return stacks
    .flatMap(({ projects }) => projects)
    .flatMap(({ vaultSecrets }) => vaultSecrets.filter(({ writer }) => writer === "person"));
}

/** What a person has to enter, each with its command; `pending` is what Vault said, if it was asked. */
export function enteredSection(page: Page, plan: ClusterPlan, pending?: readonly EnteredSecret[]): readonly string[] {
  const all = enteredSecrets(plan);
  const shown = pending ?? all;
  if (all.length === 0) return [];
  if (shown.length === 0) return [`Entered in Vault: ${counted(all.length, "secret")}, none is missing`];
  const title = pending
    ? `Still to be entered in Vault (${shown.length} of ${all.length})`
    : `To be entered in Vault by a person (${all.length})`;
  return [
    page.palette.title(title),
    ...(pending ? [] : wrap(unasked, { width: page.width, first: "  ", rest: "  " })),
    ...wrap(explanation, { width: page.width, first: "  ", rest: "  " }),
    ...shown.flatMap((secret) => enterCommand(secret, page.width)),
  ];
}

/** How Vault is asked, by whoever may. */
export const askCommand = "`npm run with-vault -- npm run plan -- --vault`";

const unasked = `Which of them have been entered only Vault knows: ${unbroken(askCommand)} asks it.`;

const explanation =
  `After ${unbroken("`pulumi up`")} has made its place, a command takes the value that you type; Enter and Ctrl-D end it. ` +
  `For a file, such as a private key, leave out the \`printf\` and end with \`${enteredVaultKey}=@FILE\`.`;

/** For a shell, which keeps the value out of its history and out of the list of processes; npm is kept from saying what it runs. */
function enterCommand({ mount, path }: EnteredSecret, width: number): readonly string[] {
  const last = `${enteredVaultKey}=-`;
  const start = ['    printf %s "$(cat)" | npm run --silent with-vault -- \\', `      vault kv put -mount=${mount} \\`];
  const end = `      ${path} ${last}`;
  return end.length <= width ? [...start, end] : [...start, `      ${path} \\`, `      ${last}`];
}
