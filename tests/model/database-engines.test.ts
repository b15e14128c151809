import assert from "node:assert/strict";
import { databaseEngines, databaseVersions, engineVersion } from "../../model/database-engines";
import { databaseTypes } from "../../model/database-type";
import { quantity } from "../../model/quantity";

describe("database engines", () => {
  const rows = databaseTypes.flatMap((type) => databaseVersions[type].map((version) => ({ type, version })));

  it("T38: pins every version to an image tag with its full version", () => {
    for (const { type, version } of rows) {
      const { tag } = engineVersion(type, version);
      const parts = type === "postgres" ? `^${version}\\.\\d+` : `^${version.replace(".", "\\.")}\\.\\d+`;
      assert.match(tag, new RegExp(`${parts}(-[a-z]+)?$`), `${type} ${version}`);
    }
  });

  it("T38: mounts the volume of postgres one level higher from 18 on, and keeps its data in a subfolder", () => {
    for (const version of ["14", "15", "16", "17"]) {
      const { mountPath, dataPath } = engineVersion("postgres", version);
      assert.equal(mountPath, "/var/lib/postgresql/data");
      assert.equal(dataPath, "/var/lib/postgresql/data/pgdata/docker");
    }
    const { mountPath, dataPath } = engineVersion("postgres", "18");
    assert.equal(mountPath, "/var/lib/postgresql");
    assert.equal(dataPath, "/var/lib/postgresql/18/docker");
  });

  it("puts old files of postgres where the image of 18 looks for them and stops", () => {
    const before = engineVersion("postgres", "17");
    const inVolume = before.dataPath.slice(before.mountPath.length);
    // Source: docker_setup_env in docker-entrypoint.sh of docker-library/postgres.
    assert.match(`${engineVersion("postgres", "18").mountPath}${inVolume}`, /^\/var\/lib\/postgresql\/[^/]+\/docker$/);
  });

  it("keeps data below the mounted volume", () => {
    for (const { type, version } of rows) {
      const { mountPath, dataPath } = engineVersion(type, version);
      assert.ok(dataPath === mountPath || dataPath.startsWith(`${mountPath}/`), `${type} ${version}: ${dataPath}`);
    }
  });

  it("says which versions can read each other's files", () => {
    assert.equal(engineVersion("postgres", "17").format, "postgres 17");
    assert.equal(engineVersion("mysql", "8.0").format, "mysql 8.0");
    assert.equal(engineVersion("mongodb", "5.0").format, "mongodb 5.0");
    assert.equal(engineVersion("redis", "8.10").format, "redis 8.10");
  });

  it("T38: warns of AVX from MongoDB 5 on, and not before", () => {
    for (const version of databaseVersions.mongodb) {
      const warned = engineVersion("mongodb", version).warnings.some((warning) => warning.startsWith("needs a CPU"));
      assert.equal(warned, version !== "4.4", version);
    }
  });

  it("runs no server as root, and lets none ask for more memory than its limit", () => {
    for (const type of databaseTypes) {
      const { user, resources } = databaseEngines[type];
      assert.ok(user > 0, type);
      assert.ok(quantity(resources.requests.memory) < quantity(resources.limits.memory), type);
    }
  });

  it("offers the versions of the posts' project file", () => {
    assert.ok(databaseVersions.mysql.includes("8.0"));
    assert.ok(databaseVersions.redis.includes("7.0"));
  });

  it("knows no other version", () => {
    assert.throws(() => engineVersion("mysql", "5.5"), { message: "no version 5.5 of mysql is known" });
  });
});
