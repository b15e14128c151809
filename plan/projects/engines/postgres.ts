import { type EngineServer, credentialKeys, initFolder, secretVariable } from "./engine-server";

const accounts = { root: "postgres", application: "app", database: "app" } as const;

/**
 * The image makes a superuser only. `\set` with backquotes reads the environment, so that the password is on no command
 * line; `:"name"` and `:'text'` quote for SQL.
 */
const initScript = [
  "#!/bin/sh",
  "set -e",
  "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=\"$POSTGRES_USER\" --dbname=postgres <<'SQL'",
  '\\set username `printf %s "$APPLICATION_USERNAME"`',
  '\\set password `printf %s "$APPLICATION_PASSWORD"`',
  '\\set database `printf %s "$APPLICATION_DATABASE"`',
  "CREATE ROLE :\"username\" LOGIN PASSWORD :'password';",
  'CREATE DATABASE :"database" OWNER :"username";',
  'REVOKE ALL ON DATABASE :"database" FROM PUBLIC;',
  "SQL",
  "",
].join("\n");

export const postgresServer: EngineServer = {
  accounts,
  url: { scheme: "postgresql", path: `/${accounts.database}` },
  args: () => ["postgres"],
  env: ({ dataPath }, secret) => [
    { name: "PGDATA", value: dataPath },
    { name: "POSTGRES_USER", value: accounts.root },
    { name: "POSTGRES_DB", value: "postgres" },
    secretVariable("POSTGRES_PASSWORD", secret, credentialKeys.rootPassword),
    { name: "APPLICATION_USERNAME", value: accounts.application },
    { name: "APPLICATION_DATABASE", value: accounts.database },
    secretVariable("APPLICATION_PASSWORD", secret, credentialKeys.password),
  ],
  // Over TCP: on its first start the image runs a server on the socket alone, which is not ready for anyone.
  check: { exec: { command: ["pg_isready", "--quiet", "--host=127.0.0.1", `--username=${accounts.application}`] } },
  file: () => ({ name: "init.sh", folder: initFolder, executable: true, text: initScript }),
  scratch: { tmp: "/tmp", run: "/var/run/postgresql" },
};
