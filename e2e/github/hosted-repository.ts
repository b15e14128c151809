import { isJsonObject, type Json, type JsonObject } from "../../model/json";
import type { Account } from "./account";
import { type GitCommit, GitStore } from "./git-store";

/** A webhook as GitHub keeps it: with the secret that it never tells again. */
export interface HostedHook {
  readonly id: number;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly config: JsonObject;
}

export interface HostedKey {
  readonly id: number;
  readonly title: string;
  readonly key: string;
  readonly readOnly: boolean;
}

/** How something stands with a commit, as a page of GitHub shows it. */
export interface HostedStatus {
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string;
  readonly target: string;
}

/** What started workflows of a repository. */
export interface HostedDispatch {
  readonly event: string;
  readonly payload: JsonObject;
}

export interface HostedRuleset {
  readonly id: number;
  /** As it was sent: name, target, enforcement, conditions, rules. */
  readonly content: JsonObject;
}

/** What a person sets on the page of a repository. Source of the defaults: the description of `repos/create-in-org`. */
const defaultSettings = {
  ...{ description: null, homepage: null, has_issues: true, has_projects: true, has_wiki: true, has_downloads: true },
  ...{ has_discussions: false, is_template: false, allow_squash_merge: true, allow_merge_commit: true },
  ...{ allow_rebase_merge: true, allow_auto_merge: false, delete_branch_on_merge: false, allow_update_branch: false },
  ...{ allow_forking: false, web_commit_signoff_required: false, default_branch: "main" },
  ...{ squash_merge_commit_title: "COMMIT_OR_PR_TITLE", squash_merge_commit_message: "COMMIT_MESSAGES" },
  ...{ merge_commit_title: "MERGE_MESSAGE", merge_commit_message: "PR_TITLE" },
} as const satisfies JsonObject;

/** One repository. */
export class HostedRepository {
  readonly git = new GitStore();
  readonly hooks = new Map<number, HostedHook>();
  readonly keys = new Map<number, HostedKey>();
  readonly rulesets = new Map<number, HostedRuleset>();
  readonly statuses: HostedStatus[] = [];
  readonly dispatches: HostedDispatch[] = [];
  readonly created = new Date();
  name: string;
  visibility: string;
  archived = false;
  vulnerabilityAlerts = false;
  topics: readonly string[] = [];
  updated = this.created;
  #settings: JsonObject = defaultSettings;

  constructor(
    readonly owner: Account,
    given: { readonly id: number; readonly name: string; readonly visibility: string },
    readonly template?: HostedRepository,
  ) {
    this.id = given.id;
    this.name = given.name;
    this.visibility = given.visibility;
  }

  readonly id: number;

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  get settings(): JsonObject {
    return this.#settings;
  }

  get defaultBranch(): string {
    const branch = this.#settings["default_branch"];
    return typeof branch === "string" ? branch : "main";
  }

  /** Takes the fields that it knows out of a request. */
  change(fields: JsonObject): void {
    const known = Object.entries(fields).filter(([key]) => key in defaultSettings);
    const changed = { ...this.#settings, ...Object.fromEntries(known) };
    // The description knows no empty address.
    this.#settings = { ...changed, homepage: changed["homepage"] === "" ? null : (changed["homepage"] ?? null) };
    this.updated = new Date();
  }

  /** The content of a file on the default branch. */
  file(path: string): string | undefined {
    return this.git.head(this.defaultBranch)?.files.get(path);
  }

  /** A commit that somebody else makes, such as a release by CI. */
  push(path: string, content: string | null, message: string): GitCommit {
    const author = { name: "ci", email: "ci@example.com" };
    this.updated = new Date();
    return this.git.commit({ branch: this.defaultBranch, author, message, changes: { [path]: content } });
  }

  /** Whether a rule keeps everybody from writing to a branch directly. */
  isClosed(branch: string): boolean {
    const closing = ["update", "pull_request", "required_status_checks"];
    return [...this.rulesets.values()].some(
      ({ content }) =>
        content["enforcement"] === "active" &&
        covers(content["conditions"], `refs/heads/${branch}`) &&
        itemsOf(content["rules"]).some((rule) => isJsonObject(rule) && closing.some((type) => rule["type"] === type)),
    );
  }
}

function covers(conditions: Json | undefined, ref: string): boolean {
  const names = isJsonObject(conditions) ? conditions["ref_name"] : undefined;
  return isJsonObject(names) && itemsOf(names["include"]).some((name) => name === ref || name === "~ALL");
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value.map((item: Json) => item) : [];
}
