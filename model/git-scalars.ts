import { z } from "zod";

/** Account of GitHub. The part after `_` is that of managed users. Source: GitHub's sign-up form. */
export const githubOwner = z
  .string()
  .regex(
    /^(?=.{1,39}$)[A-Za-z0-9](-?[A-Za-z0-9])*(_[A-Za-z0-9]+)?$/,
    "use the name of a GitHub user or organisation alone, such as `myorg`: letters, digits and single `-`, at most 39",
  )
  .describe("GitHub user or organisation that owns the repository");

/** Source: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits */
export const githubRepository = z
  .string()
  .regex(
    /^(?!\.{1,2}$)(?!.*\.(git|wiki)$)[A-Za-z0-9._-]{1,100}$/,
    "use the repository's name alone, such as `my-api`, without owner, address or `.git`",
  )
  .describe("name of the repository");

/**
 * Name of a branch below `refs/heads/`. Source: https://git-scm.com/docs/git-check-ref-format, and `git branch`, which
 * refuses `HEAD` and a `-` at the start.
 */
export const gitBranch = z
  .string()
  .regex(
    /^(?![-./]|@$|HEAD$|refs\/)(?!.*(\.\.|@\{|\/\/|\/\.|\.lock(\/|$)))[^\u0000-\u0020\u007f~^:?*[\\]+(?<![./])$/,
    "use the name of a branch as git allows it, without `refs/heads/`, such as `main` or `feature/login`",
  )
  .refine(
    (branch) => !branch.includes("{{"),
    "use a branch without `{{`, which Argo Workflows takes for a variable of its own",
  );

/** A whole commit id, or nothing. Forty zeros are what GitHub sends for a branch that was deleted. */
export const gitCommit = z
  .string({
    error: ({ input }) => (typeof input === "number" ? "write the whole commit, 40 hex digits, in quotes" : undefined),
  })
  .regex(/^((?!0{40})[0-9a-f]{40})?$/, { error: ({ input }) => commitAdvice(String(input)) })
  .transform((text) => (text === "" ? null : text));

function commitAdvice(text: string): string {
  if (/^0{40}$/.test(text)) return "use a commit that exists, or leave it empty";
  if (/^[0-9a-f]{40}$/i.test(text)) return `write it in lower case: \`${text.toLowerCase()}\``;
  if (/^[0-9a-f]{4,39}$/i.test(text)) return `write the whole commit, 40 digits: \`git rev-parse ${text}\` prints it`;
  return "use a commit of 40 lower-case hex digits, or leave it empty: CI then decides what runs";
}

/** Repository that GitHub copies a new one from: owner and name. */
export const templateName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}$/, "use owner and name, such as `myorg/template`");

/** Source: https://docs.github.com/en/rest/repos/repos, which takes 350 characters and no line break. */
export const repositoryDescription = z
  .string()
  .regex(/^[^\u0000-\u001f\u007f]{0,350}$/, "use at most 350 characters on one line");
