import type { Account, Token } from "./account";
import { forbidden, notFound } from "./answer";
import { HostedRepository } from "./hosted-repository";

/** What a repository is made of. */
export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly visibility: string;
  readonly template?: HostedRepository;
}

/** Everything that the stand-in keeps. Names are compared as GitHub does: whatever their case. */
export class HostedGitHub {
  readonly tokens = new Map<string, Token>();
  readonly #accounts = new Map<string, Account>();
  readonly #repositories = new Map<string, HostedRepository>();
  #lastId = 1000;

  /** `address` is that of the server, without a path. */
  constructor(readonly address: string) {}

  get repositories(): readonly HostedRepository[] {
    return [...this.#repositories.values()];
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addAccount(login: string, type: Account["type"]): Account {
    const account = { id: this.nextId(), login, type };
    this.#accounts.set(login.toLowerCase(), account);
    return account;
  }

  account(login: string): Account {
    const found = this.#accounts.get(login.toLowerCase());
    if (!found) throw notFound();
    return found;
  }

  addRepository({ owner, name, visibility, template }: NewRepository): HostedRepository {
    const made = new HostedRepository(this.account(owner), { id: this.nextId(), name, visibility }, template);
    this.#repositories.set(key(owner, name), made);
    return made;
  }

  find(owner: string, name: string): HostedRepository | undefined {
    return this.#repositories.get(key(owner, name));
  }

  /** A repository that a caller may see; for everybody else there is none. */
  visible(owner: string, name: string, caller: Token): HostedRepository {
    const found = this.find(owner, name);
    const isOwn = owner.toLowerCase() === caller.owner.toLowerCase();
    if (!found || (!isOwn && found.visibility !== "public")) throw notFound();
    return found;
  }

  /** A repository that a caller may change. */
  writable(owner: string, name: string, caller: Token): HostedRepository {
    const found = this.visible(owner, name, caller);
    mayWrite(owner, caller);
    if (found.archived) throw forbidden("Repository was archived so is read-only.");
    return found;
  }
}

/** Whether a token may make or change things of an owner. */
export function mayWrite(owner: string, caller: Token): void {
  needAccess(owner, caller, ["write"]);
}

/** Whether a token has one of those permissions at an owner. */
export function needAccess(owner: string, caller: Token, access: readonly Token["access"][]): void {
  const isOwn = owner.toLowerCase() === caller.owner.toLowerCase();
  if (!isOwn || !access.includes(caller.access)) throw forbidden("Resource not accessible by personal access token");
}

function key(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}
