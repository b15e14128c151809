import type { JsonObject } from "../../model/json";
import { nodeId, simpleUser } from "./account-operations";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";
import { timeOf } from "./operation";

/** Addresses below that of the repository, by their field. */
const below = {
  archive: "{archive_format}{/ref}",
  assignees: "assignees{/user}",
  blobs: "git/blobs{/sha}",
  branches: "branches{/branch}",
  collaborators: "collaborators{/collaborator}",
  comments: "comments{/number}",
  commits: "commits{/sha}",
  compare: "compare/{base}...{head}",
  contents: "contents/{+path}",
  contributors: "contributors",
  deployments: "deployments",
  downloads: "downloads",
  events: "events",
  forks: "forks",
  git_commits: "git/commits{/sha}",
  git_refs: "git/refs{/sha}",
  git_tags: "git/tags{/sha}",
  hooks: "hooks",
  issue_comment: "issues/comments{/number}",
  issue_events: "issues/events{/number}",
  issues: "issues{/number}",
  keys: "keys{/key_id}",
  labels: "labels{/name}",
  languages: "languages",
  merges: "merges",
  milestones: "milestones{/number}",
  notifications: "notifications{?since,all,participating}",
  pulls: "pulls{/number}",
  releases: "releases{/id}",
  stargazers: "stargazers",
  statuses: "statuses/{sha}",
  subscribers: "subscribers",
  subscription: "subscription",
  tags: "tags",
  teams: "teams",
  trees: "git/trees{/sha}",
} as const;

const counts = {
  ...{ forks: 0, forks_count: 0, open_issues: 0, open_issues_count: 0, size: 0, stargazers_count: 0, watchers: 0 },
  ...{ watchers_count: 0, network_count: 0, subscribers_count: 0 },
} as const;

export function repositoryUrl({ fullName }: HostedRepository, { address }: HostedGitHub): string {
  return `${address}/api/v3/repos/${fullName}`;
}

/** A repository as its administrators see it. */
export function fullRepository(repository: HostedRepository, github: HostedGitHub): JsonObject {
  const { id, name, fullName, owner, visibility, archived, topics, created, updated, template } = repository;
  const url = repositoryUrl(repository, github);
  const html = `${github.address}/${fullName}`;
  const host = new URL(github.address).hostname;
  const disabled = { status: "disabled" };
  return {
    ...Object.fromEntries(Object.entries(below).map(([field, path]) => [`${field}_url`, `${url}/${path}`])),
    ...counts,
    ...repository.settings,
    ...{ id, name, full_name: fullName, node_id: nodeId("R", id), owner: simpleUser(owner, github) },
    ...{ url, html_url: html, clone_url: `${html}.git`, svn_url: html, mirror_url: null },
    ...{ git_url: `git://${host}/${fullName}.git`, ssh_url: `git@${host}:${fullName}.git` },
    ...{ visibility, private: visibility !== "public", archived, disabled: false, fork: false, topics: [...topics] },
    ...{ language: null, license: null, has_pages: false },
    ...{ created_at: timeOf(created), updated_at: timeOf(updated), pushed_at: timeOf(updated) },
    ...{ security_and_analysis: { secret_scanning: disabled, secret_scanning_push_protection: disabled } },
    ...(template ? { template_repository: fullRepository(template, github) } : {}),
  };
}
