import type { Json, JsonObject } from "../../model/json";
import type { Token } from "./account";
import type { Answer } from "./answer";
import type { HostedGitHub } from "./hosted-github";
import type { HostedRepository } from "./hosted-repository";

/** A request that GitHub's description allows. */
export interface ApiRequest {
  /** Parts of the path, such as `owner`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
  readonly caller: Token;
}

/** What one operation of the description does. */
export type Operation = (request: ApiRequest, github: HostedGitHub) => Answer;

/** Operations by their id in the description, such as `repos/get`. */
export type Operations = Readonly<Record<string, Operation>>;

export function visibleRepository({ params, caller }: ApiRequest, github: HostedGitHub): HostedRepository {
  return github.visible(params["owner"] ?? "", params["repo"] ?? "", caller);
}

export function writableRepository({ params, caller }: ApiRequest, github: HostedGitHub): HostedRepository {
  return github.writable(params["owner"] ?? "", params["repo"] ?? "", caller);
}

export function textOf(value: Json | undefined, otherwise = ""): string {
  return typeof value === "string" ? value : otherwise;
}

/** GitHub counts seconds. */
export function timeOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
