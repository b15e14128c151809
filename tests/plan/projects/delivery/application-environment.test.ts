import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentValue } from "../../../../model/application-scalars";
import { databaseVariables } from "../../../../model/environment";
import type { SecretText } from "../../../../model/secret-text";
import { planDelivery } from "../../../../plan/projects/delivery";
import { planProject } from "../../../../plan/projects/project";
import { at } from "../../../support/at";
import { delivered, gitOpsFiles } from "../../../support/delivered";
import { someCluster, someProject } from "../../../support/some-project";

function projectWith(more: object, database: object = {}) {
  const git = { type: "github", owner: "myorg", repo: "my-api" };
  return someProject({
    applications: [{ name: "api", port: 8080, git, ...more }],
    databases: [{ name: "orders-db", type: "mysql", version: "8.0", size: "5Gi", ...database }],
  });
}

function environmentOf(more: object, database: object = {}) {
  const [file] = gitOpsFiles(planDelivery(projectWith(more, database), someCluster).resources);
  assert.ok(file);
  const [secret] = delivered(file, "ExternalSecret");
  const env = at(delivered(file, "Deployment")[0], "spec", "template", "spec", "containers", 0, "env");
  const data = at(secret, "spec", "data");
  return { secret, env: Array.isArray(env) ? env : [], data: Array.isArray(data) ? data : [] };
}

const everything = {
  env: { LOG_LEVEL: "debug", DSN: "$(ORDERS_DB_HOST)" },
  secrets: { SESSION_KEY: "generated", STRIPE_KEY: "entered" },
  uses: ["orders-db"],
};

describe("environment of an application", () => {
  it("reaches the pod as a person wrote it, whatever YAML could make of it", () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/).filter((text) => !text.startsWith("__"));
    const text = fc.oneof(
      fc.constantFrom("yes", "on", "010", "1:30", "0X1F", "1e3", "a: b #c", '"', "a\nb\n", "\u2028"),
      fc.string({ unit: "binary" }).filter((value) => environmentValue.safeParse(value).success),
    );
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 6 }), (env) => {
        const found = environmentOf({ env }).env.map((one: unknown) => [String(at(one, "name")), at(one, "value")]);
        assert.deepEqual(Object.fromEntries(found), { ...env });
      }),
      { numRuns: 30 },
    );
  });

  it("has plain variables last, since they may be put together from the secret ones and those of databases", () => {
    const { env } = environmentOf(everything);
    const names = env.map((one: unknown) => String(at(one, "name")));
    const { password, ...others } = databaseVariables("orders-db");
    assert.deepEqual(names, [
      ...[password, "SESSION_KEY", "STRIPE_KEY"],
      ...Object.values<string>(others).sort(),
      ...["DSN", "LOG_LEVEL"],
    ]);
  });

  it("says in the pod itself where a database is, so that another port starts new pods of those who use it alone", () => {
    const plainOf = (database: object) =>
      Object.fromEntries(
        environmentOf(everything, database).env.map((one: unknown) => [String(at(one, "name")), at(one, "value")]),
      );
    const host = "orders-db.shop.svc.cluster.local";
    assert.deepEqual(plainOf({ port: 3307 }), {
      ...{ ORDERS_DB_PASSWORD: undefined, SESSION_KEY: undefined, STRIPE_KEY: undefined },
      ...{ ORDERS_DB_DATABASE: "app", ORDERS_DB_HOST: host, ORDERS_DB_PORT: "3307", ORDERS_DB_USER: "app" },
      ORDERS_DB_URL: `mysql://app:$(ORDERS_DB_PASSWORD)@${host}:3307/app`,
      ...{ DSN: "$(ORDERS_DB_HOST)", LOG_LEVEL: "debug" },
    });
    assert.notDeepEqual(plainOf({}), plainOf({ port: 3307 }));
    assert.deepEqual(environmentOf({ uses: [] }, { port: 3307 }).env, environmentOf({ uses: [] }).env);
  });

  it("has the same connection as the database's credentials, whatever the engine", () => {
    for (const [type, version] of [
      ["mysql", "8.0"],
      ["postgres", "17"],
      ["redis", "7.0"],
      ["mongodb", "7.0"],
    ] as const) {
      const database = { type, version, port: 4711 };
      const { env } = environmentOf(everything, database);
      const { resources } = planProject(projectWith(everything, database), someCluster).component;
      const written = resources.find(({ name }) => name === "shop.orders-db.vault-credentials");
      assert.ok(written?.kind === "vault-secret");
      for (const [key, name] of Object.entries<string>({ ...databaseVariables("orders-db") })) {
        if (key === "password") continue;
        const value = at(
          env.find((one: unknown) => at(one, "name") === name),
          "value",
        );
        assert.equal(value, textOf(written.data[key]), `${type} ${name}`);
      }
    }
  });

  it("takes each secret variable by itself from the Secret that is fetched for it", () => {
    const { env, data, secret } = environmentOf(everything);
    const keys = env.flatMap((one: unknown) => {
      const reference = at(one, "valueFrom", "secretKeyRef");
      if (reference === undefined) return [];
      assert.deepEqual(reference, { name: "api-environment", key: at(one, "name") });
      return [at(one, "name")];
    });
    assert.deepEqual(
      data.map((one: unknown) => at(one, "secretKey")),
      keys,
    );
    assert.equal(secret?.metadata.name, "api-environment");
    assert.deepEqual(at(secret, "spec", "target"), {
      ...{ name: "api-environment", creationPolicy: "Owner", deletionPolicy: "Retain" },
    });
    assert.deepEqual(at(secret, "spec", "secretStoreRef"), { kind: "SecretStore", name: "vault" });
  });

  it("finds every value where the project's plan puts it in Vault", () => {
    const { resources } = planProject(projectWith(everything), someCluster).component;
    const written = resources.flatMap((resource) =>
      resource.kind === "vault-secret" ? Object.keys(resource.data).map((key) => `${resource.path} ${key}`) : [],
    );
    const read = environmentOf(everything).data.map((one: unknown) => {
      return `${String(at(one, "remoteRef", "key"))} ${String(at(one, "remoteRef", "property"))}`;
    });
    assert.equal(read.length, 3);
    assert.deepEqual(
      read.filter((place) => !written.includes(place)),
      [],
    );
  });

  it("fetches nothing for an application without secrets", () => {
    assert.equal(environmentOf({ env: { A: "b" } }).secret, undefined);
  });
});

/** What a pod sees of it, the password by its variable. */
function textOf(value: string | SecretText | undefined): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  return value.$secret.map((part) => (typeof part === "string" ? part : "$(ORDERS_DB_PASSWORD)")).join("");
}
