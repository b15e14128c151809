/** Types that a database can have. */
export const databaseTypes = ["mysql", "postgres", "redis", "mongodb"] as const;

export type DatabaseType = (typeof databaseTypes)[number];
