import type { DatabaseType } from "../../../model/database-type";
import type { EngineServer } from "./engine-server";
import { mongodbServer } from "./mongodb";
import { mysqlServer } from "./mysql";
import { postgresServer } from "./postgres";
import { redisServer } from "./redis";

/** How each engine runs in a container. */
export const engineServers: Readonly<Record<DatabaseType, EngineServer>> = {
  mysql: mysqlServer,
  postgres: postgresServer,
  redis: redisServer,
  mongodb: mongodbServer,
};
