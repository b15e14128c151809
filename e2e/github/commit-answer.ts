import type { JsonObject } from "../../model/json";
import { nodeId, simpleUser } from "./account-operations";
import type { GitCommit } from "./git-store";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";
import { timeOf } from "./operation";
import { repositoryUrl } from "./repository-answer";

/** A commit with what GitHub knows about it. */
export function commitAnswer(commit: GitCommit, repository: HostedRepository, github: HostedGitHub): JsonObject {
  const { sha, message, tree } = commit;
  const api = repositoryUrl(repository, github);
  const url = `${api}/commits/${sha}`;
  const author = gitAuthor(commit);
  const user = simpleUser(repository.owner, github);
  const git = {
    author,
    committer: author,
    message,
    comment_count: 0,
    tree: { sha: tree, url: `${api}/git/trees/${tree}` },
  };
  return {
    ...{ sha, url, node_id: nodeId("C", repository.id), html_url: html(sha, repository, github) },
    ...{ comments_url: `${url}/comments`, author: user, committer: user, parents: parents(commit, repository, github) },
    commit: { ...git, url: `${api}/git/commits/${sha}` },
  };
}

/** What a change of one file answers: the file as it is now, if it still is, and the commit that did it. */
export function fileCommit(
  content: JsonObject | null,
  commit: GitCommit,
  repository: HostedRepository,
  github: HostedGitHub,
): JsonObject {
  const { sha, message, tree } = commit;
  const api = repositoryUrl(repository, github);
  const author = gitAuthor(commit);
  return {
    content,
    commit: {
      ...{ sha, message, author, committer: author, node_id: nodeId("C", repository.id) },
      ...{ url: `${api}/git/commits/${sha}`, html_url: html(sha, repository, github) },
      ...{ tree: { sha: tree, url: `${api}/git/trees/${tree}` }, parents: parents(commit, repository, github) },
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
    },
  };
}

function gitAuthor({ author, date }: GitCommit): JsonObject {
  return { name: author.name, email: author.email, date: timeOf(date) };
}

function html(sha: string, { fullName }: HostedRepository, { address }: HostedGitHub): string {
  return `${address}/${fullName}/commit/${sha}`;
}

function parents(commit: GitCommit, repository: HostedRepository, github: HostedGitHub): JsonObject[] {
  const api = repositoryUrl(repository, github);
  return commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: html(sha, repository, github) }));
}
