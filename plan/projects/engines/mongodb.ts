import { type EngineServer, credentialKeys, initFolder, secretVariable, serverPortName } from "./engine-server";

const accounts = { root: "root", application: "app", database: "app" } as const;

/**
 * The image makes the root user only, and then reads this file into its own shell; the server of that moment asks for no
 * password. Names and passwords are letters and digits, so they need no quoting for JavaScript. Images up to 5.0 have
 * `mongo`, later ones `mongosh`. Variables that start with `MONGO_INITDB_` are taken away from the server itself.
 */
const initScript = [
  "#!/bin/sh",
  "if command -v mongosh >/dev/null; then shell=mongosh; else shell=mongo; fi",
  '"$shell" --quiet --host 127.0.0.1 --port 27017 "$MONGO_INITDB_DATABASE" <<EOF',
  "db.createUser({",
  '  user: "$MONGO_INITDB_APPLICATION_USERNAME",',
  '  pwd: "$MONGO_INITDB_APPLICATION_PASSWORD",',
  "  roles: [",
  '    { role: "readWrite", db: "$MONGO_INITDB_DATABASE" },',
  '    { role: "dbAdmin", db: "$MONGO_INITDB_DATABASE" }',
  "  ]",
  "})",
  "EOF",
  "",
].join("\n");

export const mongodbServer: EngineServer = {
  accounts,
  url: { scheme: "mongodb", path: `/${accounts.database}?authSource=${accounts.database}` },
  // The smallest cache; left alone it would take half of the pod's memory.
  args: () => ["mongod", "--wiredTigerCacheSizeGB=0.25"],
  env: (_, secret) => [
    { name: "MONGO_INITDB_ROOT_USERNAME", value: accounts.root },
    secretVariable("MONGO_INITDB_ROOT_PASSWORD", secret, credentialKeys.rootPassword),
    { name: "MONGO_INITDB_DATABASE", value: accounts.database },
    { name: "MONGO_INITDB_APPLICATION_USERNAME", value: accounts.application },
    secretVariable("MONGO_INITDB_APPLICATION_PASSWORD", secret, credentialKeys.password),
  ],
  // mongosh takes a second of CPU to start, too much for every check; the server of the first start is on loopback alone.
  check: { tcpSocket: { port: serverPortName } },
  file: () => ({ name: "init.sh", folder: initFolder, executable: false, text: initScript }),
  scratch: { tmp: "/tmp" },
};
