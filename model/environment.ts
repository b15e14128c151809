/** The variables by which an application reaches one database, by the keys of the database's credentials. */
export interface DatabaseVariables {
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** The whole connection in one, with the password in it. */
  readonly url: string;
}

/**
 * Names of the variables of a database, such as `MYSQL_HOST` and `ORDERS_DB_HOST` for `mysql` and `orders-db`. Frozen:
 * applications read them. The names of two databases never give the same one: a name has no underscore, and no ending is
 * the end of another.
 */
export function databaseVariables(database: string): DatabaseVariables {
  const start = database.toUpperCase().replaceAll("-", "_");
  return {
    host: `${start}_HOST`,
    port: `${start}_PORT`,
    username: `${start}_USER`,
    password: `${start}_PASSWORD`,
    database: `${start}_DATABASE`,
    url: `${start}_URL`,
  };
}
