import { type ErrorRow, itExplains } from "../support/explained";

/** As the client of GitHub's provider writes them; most are taken from runs of the plugin. */
function github(request: string, status: number, message: string): string {
  return `1 error occurred:\n\t* ${request}: ${status} ${message}\n\n`;
}

const hooks = "POST https://api.github.com/repos/myorg/my-api/hooks";

const rows: readonly ErrorRow[] = [
  [
    "GitHub 401",
    "github",
    github(hooks, 401, "Bad credentials []"),
    /^shop: GitHub does not know the token for myorg \(401\); make a new one .*idp:githubTokens\.myorg/,
  ],
  [
    "GitHub 403",
    "github",
    github(hooks, 403, "Resource not accessible by personal access token []"),
    /^shop: the token for myorg may not do this in the repository myorg\/my-api \(403\); give it the permission `Webhooks: Read and write` there$/,
  ],
  [
    "GitHub 403 of a new repository",
    "github",
    github("POST https://git.example/api/v3/orgs/myorg/repos", 403, "Resource not accessible by integration []"),
    /in the repositories of myorg \(403\); give it the permission `Administration: Read and write`/,
  ],
  [
    "GitHub 403 of a file",
    "github",
    github(
      "PUT https://api.github.com/repos/myorg/gitops/contents/apps/a.yaml",
      403,
      "Resource not accessible by personal access token []",
    ),
    /`Contents: Read and write`/,
  ],
  [
    "GitHub 403 of an archived repository",
    "github",
    github(hooks, 403, "Repository was archived so is read-only. []"),
    /is archived \(403\); unarchive it/,
  ],
  [
    "GitHub 403 of a plan without rulesets",
    "github",
    github(
      "POST https://api.github.com/repos/myorg/my-api/rulesets",
      403,
      "Upgrade to GitHub Pro or make this repository public to enable this feature. []",
    ),
    /^shop: GitHub has rulesets for private repositories on paid plans alone \(403\); say `repository\.ruleset: false` in the project's file, or for the GitOps repository `pulumi config set --path idp:gitOps\.ruleset false --stack STACK`; a paid plan or a public repository is the other way$/,
  ],
  [
    "GitHub 404 of a branch, as the provider finds it missing before it writes a file",
    "github",
    "1 error occurred:\n\t* unexpected status code: 404 Not Found\n\n",
    /^shop: the branch that a file is written to does not exist, or the token may not see it \(404\); make .*idp:gitOps\.branch/,
  ],
  [
    "GitHub without a branch, in the provider's other words",
    "github",
    "1 error occurred:\n\t* branch production not found in repository myorg/gitops or repository is not readable\n\n",
    /^shop: the branch production of myorg\/gitops does not exist, or the token for myorg may not see it; make .*idp:gitOps\.branch/,
  ],
  [
    "GitHub 404 of a branch that is renamed",
    "github",
    github("POST https://api.github.com/repos/myorg/web/branches/main/rename", 404, "Branch not found []"),
    /^shop: the repository myorg\/web does not have its default branch yet, .* \(404\); run `pulumi up` again$/,
  ],
  [
    "GitHub 403 of a branch that is renamed",
    "github",
    github("POST https://api.github.com/repos/myorg/web/branches/main/rename", 403, "Resource not accessible []"),
    /`Administration: Read and write`/,
  ],
  [
    "GitHub 422 of a branch that is renamed",
    "github",
    github("POST https://api.github.com/repos/myorg/web/branches/main/rename", 422, "Validation Failed []"),
    /^shop: GitHub does not give the default branch of the repository myorg\/web another name \(422\), most often .*; make that one the default branch/,
  ],
  [
    "GitHub 404",
    "github",
    github(hooks, 404, "Not Found []"),
    /^shop: GitHub does not show the repository myorg\/my-api to the token for myorg \(404\); correct `git.owner` and `git.repo`/,
  ],
  [
    "GitHub 409",
    "github",
    github(
      "PUT https://api.github.com/repos/myorg/gitops/contents/apps/a.yaml",
      409,
      "apps/a.yaml is at 1a2b but expected 3c4d []",
    ),
    /changed the repository myorg\/gitops at the same moment \(409\); .*run `pulumi up` again$/,
  ],
  [
    "GitHub 409 of a branch rule",
    "github",
    github(
      "PUT https://api.github.com/repos/myorg/gitops/contents/apps/a.yaml",
      409,
      "Repository rule violations found []",
    ),
    /a rule of the branch forbids/,
  ],
  [
    "GitHub 422 of a hook",
    "github",
    github(
      hooks,
      422,
      "Validation Failed [{Resource:Hook Field: Code:custom Message:Hook already exists on this repository}]",
    ),
    /has this webhook already \(422\); delete it/,
  ],
  [
    "GitHub 422 of a key",
    "github",
    github(
      "POST https://api.github.com/repos/myorg/my-api/keys",
      422,
      "Validation Failed [{Resource:PublicKey Field:key Code:custom Message:key is already in use}]",
    ),
    /deploy key is in use already/,
  ],
  [
    "GitHub 422 of a name",
    "github",
    github(
      "POST https://api.github.com/orgs/myorg/repos",
      422,
      "Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]",
    ),
    /say `mode: adopt` to manage it/,
  ],
  [
    "GitHub 422 of anything else",
    "github",
    github(hooks, 422, "Validation Failed [{Resource:Hook Field:url Code:custom Message:url is not valid}]"),
    /takes the request for the repository myorg\/my-api as invalid \(422\)/,
  ],
  [
    "GitHub's rate limit",
    "github",
    github(
      hooks,
      403,
      "API rate limit of 5000 still exceeded until 2026-11-21 15:00:00 +0000 UTC, not making remote request. [rate reset in 29m12s]",
    ),
    /no more requests for now \(rate limit\); run again in 29m12s$/,
  ],
  [
    "GitHub's secondary rate limit",
    "github",
    github(hooks, 403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. []"),
    /\(rate limit\); run again in some minutes$/,
  ],
  ...[500, 502, 503].map((status): ErrorRow => [
    `GitHub ${status}`,
    "github",
    github(hooks, status, "Server Error []"),
    new RegExp(`^shop: GitHub fails itself \\(${status}\\); see \\S+, then run again$`),
  ]),
  [
    "no GitHub",
    "github",
    '1 error occurred:\n\t* failed to lookup organization "myorg": Get "http://127.0.0.1:9/api/v3/orgs/myorg": dial tcp 127.0.0.1:9: connect: connection refused\n',
    /^shop: GitHub does not answer; check the network/,
  ],
];

describe("explained error of GitHub", () => {
  itExplains(rows);
});
