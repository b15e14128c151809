import { type SecretPart, secretText } from "../../../model/secret-text";
import { type EngineServer, type Passwords, credentialKeys, secretVariable } from "./engine-server";

const accounts = { root: "root", application: "app", database: "0" } as const;

const usersFile = { name: "users.acl", folder: "/etc/redis" } as const;

/** A server that still loads its data answers with something else than PONG. */
const ping = `redis-cli --user ${accounts.application} ping | grep -qx PONG`;

/** Applications may do everything with the data, and nothing with the server. */
function users({ root, application }: Passwords) {
  const parts: readonly SecretPart[] = [
    "user default off\n",
    `user ${accounts.root} on >`,
    ...root.$secret,
    " ~* &* +@all\n",
    `user ${accounts.application} on >`,
    ...application.$secret,
    " ~* &* +@all -@admin\n",
  ];
  return secretText(...parts);
}

export const redisServer: EngineServer = {
  accounts,
  url: { scheme: "redis", path: `/${accounts.database}` },
  // Below the pod's limit by what a rewrite of the log copies: a full server refuses writes, a killed one starts over.
  args: ({ dataPath }) => [
    "redis-server",
    ...["--aclfile", `${usersFile.folder}/${usersFile.name}`],
    ...["--dir", dataPath],
    ...["--appendonly", "yes"],
    ...["--maxmemory", "256mb"],
  ],
  // What redis-cli reads, in the check as in the hands of a person.
  env: (_, secret) => [secretVariable("REDISCLI_AUTH", secret, credentialKeys.password)],
  check: { exec: { command: ["sh", "-c", ping] } },
  file: (passwords) => ({ ...usersFile, executable: false, text: users(passwords) }),
  scratch: {},
};
