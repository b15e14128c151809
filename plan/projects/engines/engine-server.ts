import type { IEnvVar } from "kubernetes-models/v1/EnvVar";
import type { EngineVersion } from "../../../model/database-engines";
import type { SecretText } from "../../../model/secret-text";

/**
 * Users of every database. The server's own superuser is for people and backups; applications get the other one, whose
 * names are the same everywhere, since each database has a server of its own.
 */
export interface Accounts {
  /** Superuser; each engine has its own word for it. */
  readonly root: string;
  readonly application: string;
  /** What the application connects to inside the server. */
  readonly database: string;
}

/** What the check of a running server does. A password is never part of the command line. */
export type ServerCheck =
  { readonly exec: { readonly command: readonly string[] } } | { readonly tcpSocket: { readonly port: string } };

/** A file that the server reads, kept in the database's Secret beside its passwords. */
export interface ServerFile {
  /** Key in the Secret, and name of the file. */
  readonly name: string;
  readonly folder: string;
  /** A script is run, not read. */
  readonly executable: boolean;
  readonly text: string | SecretText;
}

/** How one engine runs in a container. */
export interface EngineServer {
  readonly accounts: Accounts;
  /** Of a connection URL: `scheme://user:password@host:port` and then `path`. */
  readonly url: { readonly scheme: string; readonly path: string };
  readonly args: (version: EngineVersion) => readonly string[];
  readonly env: (version: EngineVersion, secret: string) => readonly IEnvVar[];
  readonly check: ServerCheck;
  readonly file?: (passwords: Passwords) => ServerFile;
  /** Folders outside the volume that the server writes to, by the name of their volume. */
  readonly scratch: Readonly<Record<string, string>>;
}

/** The two passwords of a database, as text that holds a secret. */
export interface Passwords {
  readonly root: SecretText;
  readonly application: SecretText;
}

/** Keys of a database's Secret that applications and people use. Frozen: applications name them. */
export const credentialKeys = {
  host: "host",
  port: "port",
  database: "database",
  username: "username",
  password: "password",
  url: "url",
  rootUsername: "root-username",
  rootPassword: "root-password",
} as const;

type CredentialKey = (typeof credentialKeys)[keyof typeof credentialKeys];

/** An environment variable from a key of the database's Secret. */
export function secretVariable(name: string, secret: string, key: CredentialKey): IEnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}

/** Name of the server's port in the pod. */
export const serverPortName = "database";

/** Where the images of postgres and mongodb look for scripts on their first start. */
export const initFolder = "/docker-entrypoint-initdb.d";
