import assert from "node:assert/strict";
import { isJsonObject, type Json } from "../../../model/json";
import { isSecretText } from "../../../model/secret-text";
import { planHarbor } from "../../../plan/platform/harbor";
import { harborSecretValues } from "../../../plan/platform/harbor-secrets";
import { at } from "../../support/at";
import { someFacts } from "../../support/cluster";
import { manifestsOf, plannedManifest, releaseOf } from "../../support/planned";

function harbor() {
  return planHarbor({
    facts: someFacts(),
    host: "harbor.lab.example",
    storage: { images: "20Gi", database: "2Gi", redis: "1Gi", jobLog: "1Gi", trivy: "5Gi" },
    trivy: true,
  });
}

/**
 * Every value of the chart that names a Secret, the keys that the chart reads in it, and the value that the chart would
 * otherwise print a public default of or make up anew. Source: templates of the chart 1.19.1.
 */
const chartSecrets = [
  { names: ["existingSecretAdminPassword"], keys: ["HARBOR_ADMIN_PASSWORD"], instead: ["harborAdminPassword"] },
  { names: ["existingSecretSecretKey"], keys: ["secretKey"], instead: ["secretKey"] },
  { names: ["core", "existingSecret"], keys: ["secret"], instead: ["core", "secret"] },
  { names: ["core", "secretName"], keys: ["tls.crt", "tls.key"], instead: ["core", "tokenKey"] },
  { names: ["core", "existingXsrfSecret"], keys: ["CSRF_KEY"], instead: ["core", "xsrfKey"] },
  { names: ["jobservice", "existingSecret"], keys: ["JOBSERVICE_SECRET"], instead: ["jobservice", "secret"] },
  { names: ["registry", "existingSecret"], keys: ["REGISTRY_HTTP_SECRET"], instead: ["registry", "secret"] },
  {
    names: ["registry", "credentials", "existingSecret"],
    keys: ["REGISTRY_HTPASSWD", "REGISTRY_PASSWD"],
    instead: ["registry", "credentials", "password"],
  },
  {
    names: ["database", "external", "existingSecret"],
    keys: ["password"],
    instead: ["database", "internal", "password"],
  },
  {
    names: ["database", "internal", "extraEnvVars", 0, "valueFrom", "secretKeyRef", "name"],
    keys: ["password"],
    instead: ["database", "internal", "password"],
  },
];

describe("secrets of Harbor", () => {
  const plan = harbor();
  const { values } = releaseOf(plan);
  const secrets = manifestsOf(plan, "Secret");

  it("T35: two plans are equal", () => {
    assert.deepEqual(harbor(), harbor());
  });

  it("T35: every value that the chart would make up is in a planned Secret under the key that the chart reads", () => {
    for (const { names, keys } of chartSecrets) {
      const name = at(values, ...names);
      const secret = secrets.find(({ metadata }) => metadata.name === name);
      assert.ok(secret, `${names.join(".")} names a planned Secret`);
      const data = at(secret, "stringData");
      assert.deepEqual(isJsonObject(data) ? Object.keys(data).sort() : [], keys, names.join("."));
      assert.equal(at(secret, "metadata", "namespace"), "harbor");
    }
    const named = new Set(chartSecrets.map(({ names }) => at(values, ...names)));
    assert.deepEqual([...named].sort(), secrets.map(({ metadata }) => metadata.name).sort());
  });

  it("T35: the values hold no secret themselves, and nothing in the place of the chart's public defaults", () => {
    assert.deepEqual(secretTexts(values), []);
    for (const { instead } of chartSecrets) {
      const value = at(values, ...instead);
      assert.ok(value === "" || value === undefined, `${instead.join(".")} is empty`);
    }
    // These have public defaults, so leaving them out is not enough.
    assert.equal(harborSecretValues.global.harborAdminPassword, "");
    assert.equal(harborSecretValues.global.secretKey, "");
    assert.equal(harborSecretValues.registry.credentials.password, "");
    assert.equal(harborSecretValues.database.internal.password, "");
    assert.doesNotMatch(JSON.stringify(plan), /Harbor12345|not-a-secure-key|changeit|harbor_registry_password/);
  });

  it("gives each secret the length that the chart asks for", () => {
    const lengths = plan.resources.flatMap((resource) =>
      resource.kind === "password" ? [[resource.name, resource.length]] : [],
    );
    assert.deepEqual(Object.fromEntries(lengths), {
      "harbor-admin-password": 32,
      "harbor-encryption-key": 16,
      "harbor-core-secret": 16,
      "harbor-xsrf-key": 32,
      "harbor-jobservice-secret": 16,
      "harbor-registry-http-secret": 16,
      "harbor-registry-password": 32,
      "harbor-database-password": 32,
    });
  });

  it("writes the registry's password file with the hash that stays the same", () => {
    const { stringData } = plannedManifest(plan, "harbor-registry-credentials").manifest;
    assert.deepEqual(at(stringData, "REGISTRY_HTPASSWD", "$secret"), [
      "harbor_registry_user:",
      { name: "harbor-registry-password", form: "bcrypt" },
    ]);
    assert.equal(at(values, "registry", "credentials", "username"), "harbor_registry_user");
  });

  it("signs tokens with a generated key, in a Secret of the type for keys", () => {
    const token = plannedManifest(plan, "harbor-token").manifest;
    assert.equal(at(token, "type"), "kubernetes.io/tls");
    assert.deepEqual(at(token, "stringData", "tls.key", "$secret"), [{ name: "harbor-token-key", form: "plain" }]);
    assert.deepEqual(at(token, "stringData", "tls.crt", "$secret"), [
      { name: "harbor-token-certificate", form: "plain" },
    ]);
    const kinds = plan.resources.filter(({ name }) => name.startsWith("harbor-token-")).map(({ kind }) => kind);
    assert.deepEqual(kinds, ["private-key", "certificate"]);
  });

  it("keeps what is needed to read the volumes as long as the volumes", () => {
    const kept = plan.resources.filter(({ retain }) => retain === true).map(({ name }) => name);
    assert.deepEqual(kept, ["harbor-namespace", "harbor-encryption", "harbor-database-login"]);
  });
});

function secretTexts(value: Json): readonly Json[] {
  if (isSecretText(value)) return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => secretTexts(item));
  return isJsonObject(value) ? Object.values(value).flatMap(secretTexts) : [];
}
