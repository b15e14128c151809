import { withoutRuleset } from "../ruleset-remedies";
import { type Explanation, firstExplanation, unreachable } from "./text-pattern";

/** How the client of GitHub's provider writes a refused request. Source: ErrorResponse.Error in google/go-github. */
const refusal = /\b(GET|POST|PUT|PATCH|DELETE) (https?:\/\/[^\s?"]+)[^\s"]*: (\d{3}) ([^\n]*)/;

interface Refusal {
  readonly owner: string;
  /** `the repository myorg/my-api`, or the owner's repositories as a whole. */
  readonly what: string;
  /** Such as `POST`. */
  readonly method: string;
  /** Such as `hooks`; empty: the repository itself. */
  readonly area: string;
  readonly text: string;
}

export const gitHubSilent = "GitHub does not answer; check the network and `idp:github.baseUrl`, then run again";

export function gitHubUnknownToken(owner: string): string {
  return (
    `GitHub does not know the token for ${owner} (401); make a new one and set it: ` +
    `\`pulumi config set --secret --path 'idp:githubTokens.${owner}'\`, or correct the App of ${owner}`
  );
}

/** The end of the limit is a part of a sentence, such as `after 2026-08-21 15:04 UTC`. */
export function gitHubRateLimit(end: string): string {
  return `GitHub takes no more requests for now (rate limit); run again ${end}`;
}

/** One sentence for an error of GitHub, and what to do; undefined when the text is not a known one. */
export function explainGitHub(text: string): string | undefined {
  const match = refusal.exec(text);
  if (!match) {
    return firstExplanation(text, missingBranches) ?? (unreachable.test(text) ? gitHubSilent : undefined);
  }
  const [, method = "", address = "", status = "", message = ""] = match;
  const refused = { ...target(address), method, text: message };
  if (status.startsWith("5"))
    return `GitHub fails itself (${status}); see https://www.githubstatus.com, then run again`;
  return rateLimit(message) ?? renaming(refused, status) ?? byStatus[status]?.(refused);
}

const correctBranch = "make it in that repository, or correct `idp:gitOps.branch`";

/**
 * What is said without the address that was asked for. Files are written into the GitOps repository alone. Source:
 * GetBranch in google/go-github, and util_repo.go in integrations/terraform-provider-github.
 */
const missingBranches: readonly Explanation[] = [
  {
    pattern: /unexpected status code: 404/,
    sentence: `the branch that a file is written to does not exist, or the token may not see it (404); ${correctBranch}`,
  },
  {
    pattern: /branch (\S+) not found in repository ([\w.-]+)\/([\w.-]+)/,
    sentence: ([, branch = "", owner = "", repository = ""]) =>
      `the branch ${branch} of ${owner}/${repository} does not exist, or the token for ${owner} may not see it; ${correctBranch}`,
  },
];

/** The default branch of a new repository gets its name. */
function renaming({ area, method, what }: Refusal, status: string): string | undefined {
  if (area !== "branches" || method !== "POST") return undefined;
  const sentences: Readonly<Record<string, string>> = {
    "404": `${what} does not have its default branch yet, which GitHub makes after the repository (404); run \`pulumi up\` again`,
    "422":
      `GitHub does not give the default branch of ${what} another name (422), most often since there is a branch of that name; ` +
      "make that one the default branch in the repository's settings on GitHub, then run again",
  };
  return sentences[status];
}

function target(address: string): Omit<Refusal, "text" | "method"> {
  const [, owner, repository, area = ""] = /\/repos\/([\w.-]+)\/([\w.-]+)(?:\/([\w-]+))?/.exec(address) ?? [];
  if (owner !== undefined) return { owner, what: `the repository ${owner}/${repository ?? ""}`, area };
  const [, organisation = "the owner"] = /\/orgs\/([\w.-]+)/.exec(address) ?? [];
  return { owner: organisation, what: `the repositories of ${organisation}`, area: "" };
}

/** The provider waits for the end of a limit by itself; what is left to say is for those who stop it. */
function rateLimit(message: string): string | undefined {
  if (!/rate limit/i.test(message)) return undefined;
  return gitHubRateLimit(/rate reset (in \w+)/.exec(message)?.[1] ?? "in some minutes");
}

const byStatus: Readonly<Record<string, (refused: Refusal) => string | undefined>> = {
  "401": ({ owner }) => gitHubUnknownToken(owner),
  "403": (refused) => firstExplanation(refused.text, forbidden) ?? missingPermission(refused),
  "404": ({ owner, what }) =>
    `GitHub does not show ${what} to the token for ${owner} (404); correct \`git.owner\` and \`git.repo\` in the project's file, ` +
    "make the repository, or give the token access to it",
  "409": ({ what, text }) =>
    firstExplanation(text, conflicts) ??
    `something else changed ${what} at the same moment (409); nothing is lost: run \`pulumi up\` again`,
  "422": ({ what, text }) =>
    firstExplanation(text, invalid) ??
    `GitHub takes the request for ${what} as invalid (422) for the reason at the end of its answer; correct that, then run again`,
};

const forbidden: readonly Explanation[] = [
  {
    pattern: /archived/i,
    sentence: "the repository is archived (403); unarchive it on GitHub, or take it out of the project's file",
  },
  {
    pattern: /upgrade to|make this repository public/i,
    sentence:
      `GitHub has rulesets for private repositories on paid plans alone (403); say ${withoutRuleset.project}, ` +
      `or for the GitOps repository ${withoutRuleset.gitOps("STACK")}; a paid plan or a public repository is the other way`,
  },
  {
    pattern: /SAML/,
    sentence:
      "the organisation wants the token authorised for its single sign-on (403); do that in GitHub's settings of the token",
  },
];

/** The permissions of fine-grained tokens and Apps, by the part of the API. Source: docs.github.com, "Permissions required for fine-grained personal access tokens". */
const permissions: Readonly<Record<string, string>> = {
  hooks: "Webhooks: Read and write",
  keys: "Administration: Read and write",
  rulesets: "Administration: Read and write",
  contents: "Contents: Read and write",
  git: "Contents: Read and write",
  branches: "Contents: Read-only",
};

function missingPermission({ owner, what, area, method }: Refusal): string {
  const ofRepository = method === "GET" ? "Metadata: Read-only" : "Administration: Read and write";
  const permission = (area === "branches" && method !== "GET" ? undefined : permissions[area]) ?? ofRepository;
  return `the token for ${owner} may not do this in ${what} (403); give it the permission \`${permission}\` there`;
}

const protectedBranch: Explanation = {
  pattern: /rule violations|protected branch|required status check/i,
  sentence: "a rule of the branch forbids the change; let the token's owner or App bypass that rule on GitHub",
};

const conflicts: readonly Explanation[] = [
  protectedBranch,
  { pattern: /is empty/i, sentence: "the repository has no commit yet (409); make a first one, then run again" },
];

const invalid: readonly Explanation[] = [
  {
    pattern: /hook already exists/i,
    sentence: "the repository has this webhook already (422); delete it in its settings on GitHub, then run again",
  },
  {
    pattern: /key is already in use/i,
    sentence:
      "the deploy key is in use already (422); delete it in the settings of the repository that has it, then run again",
  },
  {
    pattern: /name already exists/i,
    sentence:
      "a repository of this name exists already (422); say `mode: adopt` to manage it, or `mode: use` to leave it as it is",
  },
  protectedBranch,
  {
    pattern: /branch [^\s]* ?not found|No commit found|Reference does not exist/i,
    sentence: "the branch does not exist (422); make it, or correct `git.branch`",
  },
];
