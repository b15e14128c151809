import type { StandInEngine } from "./stand-in-images";

/**
 * How to talk to one engine from a pod that has its client. Scripts are for `sh`; `$HOST`, `$PORT`, `$DATABASE`, `$URL`
 * come from the database's Secret, `$LOGIN` and `$LOGIN_PASSWORD` are who asks, and `"$@"` is a statement.
 */
export interface DatabaseDialect {
  readonly ask: string;
  /** The same by the connection URL alone; absent: the client takes none. */
  readonly askByUrl?: string;
  /** Prints who the server takes the client for. */
  readonly whoAmI: readonly string[];
  readonly write: (text: string) => readonly string[];
  readonly read: readonly string[];
  /** What only the superuser may do. */
  readonly administer: readonly (readonly string[])[];
  /** What the server says to a login without the right password. */
  readonly loginRefused: RegExp;
  /** What it says to an application that wants to administer. */
  readonly adminRefused: RegExp;
}

const tableStatements = {
  write: (text: string) => [
    `CREATE TABLE IF NOT EXISTS kept (text VARCHAR(64)); DELETE FROM kept; INSERT INTO kept VALUES ('${text}')`,
  ],
  read: ["SELECT text FROM kept"],
} as const;

const psql = "exec psql --no-psqlrc --no-password --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1";

const postgres: DatabaseDialect = {
  ask: `PGPASSWORD="$LOGIN_PASSWORD" ${psql} --host="$HOST" --port="$PORT" --username="$LOGIN" --dbname="$DATABASE" --command="$1"`,
  askByUrl: `${psql} --dbname="$URL" --command="$1"`,
  whoAmI: ["SELECT current_user"],
  ...tableStatements,
  administer: [["CREATE ROLE intruder"], ["DROP ROLE intruder"]],
  loginRefused: /password authentication failed|no password supplied/,
  adminRefused: /permission denied to (create|drop) role/,
};

const mysql: DatabaseDialect = {
  ask: 'MYSQL_PWD="$LOGIN_PASSWORD" exec mysql --host="$HOST" --port="$PORT" --user="$LOGIN" --batch --skip-column-names --execute="$1" "$DATABASE"',
  whoAmI: ["SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)"],
  ...tableStatements,
  administer: [["CREATE USER intruder"], ["DROP USER intruder"]],
  loginRefused: /Access denied for user/,
  adminRefused: /Access denied; you need/,
};

const redis: DatabaseDialect = {
  ask: 'REDISCLI_AUTH="$LOGIN_PASSWORD" exec redis-cli -e -h "$HOST" -p "$PORT" --user "$LOGIN" "$@"',
  askByUrl: 'exec redis-cli -e -u "$URL" "$@"',
  whoAmI: ["ACL", "WHOAMI"],
  write: (text) => ["SET", "kept", text],
  read: ["GET", "kept"],
  administer: [
    ["CONFIG", "GET", "maxmemory"],
    ["ACL", "LIST"],
  ],
  loginRefused: /WRONGPASS|NOAUTH/,
  adminRefused: /NOPERM/,
};

/** The dialect of each engine that the node can run. */
export const dialects: Readonly<Record<StandInEngine, DatabaseDialect>> = { postgres, mysql, redis };
