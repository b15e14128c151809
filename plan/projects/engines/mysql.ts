import { type EngineServer, credentialKeys, secretVariable } from "./engine-server";

const accounts = { root: "root", application: "app", database: "app" } as const;

/** `MYSQL_PWD` keeps the password off the command line. Over TCP: the server of the first start has the socket alone. */
const ping = 'MYSQL_PWD="$MYSQL_PASSWORD" exec mysqladmin --host=127.0.0.1 --user="$MYSQL_USER" ping';

export const mysqlServer: EngineServer = {
  accounts,
  url: { scheme: "mysql", path: `/${accounts.database}` },
  args: ({ dataPath }) => [
    "mysqld",
    `--datadir=${dataPath}`,
    // A binary log fills a small volume and forbids triggers to the application; there is no replica to read it.
    "--disable-log-bin",
    // The folder for exported files is on the image's own disk, which is read-only.
    "--secure-file-priv=NULL",
  ],
  env: (_, secret) => [
    secretVariable("MYSQL_ROOT_PASSWORD", secret, credentialKeys.rootPassword),
    { name: "MYSQL_USER", value: accounts.application },
    secretVariable("MYSQL_PASSWORD", secret, credentialKeys.password),
    { name: "MYSQL_DATABASE", value: accounts.database },
  ],
  check: { exec: { command: ["sh", "-c", ping] } },
  scratch: { tmp: "/tmp", run: "/var/run/mysqld" },
};
