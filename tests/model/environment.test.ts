import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentName } from "../../model/application-scalars";
import { databaseVariables } from "../../model/environment";
import { maxNameLength, namePattern } from "../../model/names";
import { credentialKeys } from "../../plan/projects/engines/engine-server";

const name = fc.stringMatching(namePattern).filter((text) => text.length <= maxNameLength);

/** Names that are the start of one another, or end like a variable. */
const tricky = fc.stringMatching(/^(a|db|host)(-(a|b|host|port|url|user)){0,3}$/);

describe("variables of a database", () => {
  it("are named after it", () => {
    assert.deepEqual(databaseVariables("mysql"), {
      ...{ host: "MYSQL_HOST", port: "MYSQL_PORT", username: "MYSQL_USER", password: "MYSQL_PASSWORD" },
      ...{ database: "MYSQL_DATABASE", url: "MYSQL_URL" },
    });
    assert.equal(databaseVariables("orders-db").host, "ORDERS_DB_HOST");
  });

  it("hold what is in the database's credentials, and nothing of the superuser", () => {
    const keys = Object.keys(databaseVariables("mysql"));
    const { rootUsername, rootPassword, ...forApplications } = credentialKeys;
    assert.deepEqual(keys.sort(), Object.values(forApplications).sort());
    assert.ok(![rootUsername, rootPassword].some((key) => keys.includes(key)));
  });

  it("T07: have names that are never those of another database, and that every shell takes", () => {
    fc.assert(
      fc.property(fc.oneof(name, tricky), fc.oneof(name, tricky), (one, other) => {
        const [first, second] = [one, other].map((text) => Object.values<string>({ ...databaseVariables(text) }));
        assert.ok(first && second);
        assert.equal(new Set(first).size, 6);
        for (const variable of first) assert.equal(environmentName.safeParse(variable).success, true, variable);
        assert.equal(
          first.some((variable) => second.includes(variable)),
          one === other,
        );
      }),
    );
  });
});
