import type { JsonObject } from "../../model/json";
import { type Account, rateLimit } from "./account";
import { notFound } from "./answer";
import type { HostedGitHub } from "./hosted-github";
import { type Operations, timeOf } from "./operation";

export const accountOperations: Operations = {
  "rate-limit/get": ({ caller }) => {
    const rate = rateLimit(caller);
    return { status: 200, body: { rate, resources: { core: rate, search: rate } } };
  },
  "orgs/get": ({ params }, github) => {
    const account = github.account(params["org"] ?? "");
    if (account.type !== "Organization") throw notFound();
    return { status: 200, body: organization(account, github) };
  },
};

function organization(account: Account, { address }: HostedGitHub): JsonObject {
  const { id, login, type } = account;
  const url = `${address}/api/v3/orgs/${login}`;
  const time = timeOf(new Date(0));
  return {
    ...{ id, login, type, url, node_id: nodeId("O", id), description: null, archived_at: null },
    ...{
      repos_url: `${url}/repos`,
      events_url: `${url}/events`,
      hooks_url: `${url}/hooks`,
      issues_url: `${url}/issues`,
    },
    ...{ members_url: `${url}/members{/member}`, public_members_url: `${url}/public_members{/member}` },
    ...{ avatar_url: `${address}/avatars/${login}`, html_url: `${address}/${login}` },
    ...{ has_organization_projects: true, has_repository_projects: true, public_repos: 0, public_gists: 0 },
    ...{ followers: 0, following: 0, created_at: time, updated_at: time },
  };
}

/** An account as it is named inside other answers. */
export function simpleUser({ id, login, type }: Account, { address }: HostedGitHub): JsonObject {
  const url = `${address}/api/v3/users/${login}`;
  return {
    ...{ id, login, type, url, node_id: nodeId("U", id), gravatar_id: "", site_admin: false },
    ...{ avatar_url: `${address}/avatars/${login}`, html_url: `${address}/${login}` },
    ...{ followers_url: `${url}/followers`, following_url: `${url}/following{/other_user}`, repos_url: `${url}/repos` },
    ...{
      gists_url: `${url}/gists{/gist_id}`,
      starred_url: `${url}/starred{/owner}{/repo}`,
      events_url: `${url}/events`,
    },
    ...{ subscriptions_url: `${url}/subscriptions`, organizations_url: `${url}/orgs` },
    ...{ received_events_url: `${url}/received_events` },
  };
}

export function nodeId(prefix: string, id: number): string {
  return `${prefix}_${Buffer.from(String(id)).toString("base64url")}`;
}
