import { serviceHost } from "../../model/names";
import { type DatabaseScope, servicePort } from "./database-scope";

/** How applications reach a database: everything that they need but the password. None of it is a secret. */
export interface DatabaseConnection {
  /** Host inside the cluster, such as `mysql.shop.svc.cluster.local`. */
  readonly host: string;
  readonly port: string;
  /** The application's user. */
  readonly username: string;
  /** What it connects to inside the server. */
  readonly database: string;
  /** The whole connection in one address, in two pieces: the password stands between them. */
  readonly url: { readonly beforePassword: string; readonly afterPassword: string };
}

export function databaseConnection(scope: DatabaseScope): DatabaseConnection {
  const { accounts, url } = scope.server;
  const host = serviceHost(scope.project.name, scope.database.name);
  const port = String(servicePort(scope));
  return {
    ...{ host, port, username: accounts.application, database: accounts.database },
    url: {
      beforePassword: `${url.scheme}://${accounts.application}:`,
      afterPassword: `@${host}:${port}${url.path}`,
    },
  };
}
