import assert from "node:assert/strict";
import { type ErrorRow, explained, itExplains } from "../support/explained";

/** As Vault's client writes them; most are taken from runs of the plugin. */
function vault(start: string, request: string, code: number, ...errors: readonly string[]): string {
  const list = errors.map((error) => `* ${error}\n`).join("");
  return `1 error occurred:\n\t* ${start}: Error making API request.\n\nURL: ${request}\nCode: ${code}. Errors:\n\n${list}\n`;
}

const secret =
  'error writing to path "idp/data/projects/shop/applications/api/entered/KEY", err=Error making API request.';
const secretUrl = "PUT https://vault.lab.example/v1/idp/data/projects/shop/applications/api/entered/KEY";
const denied = "1 error occurred:\n\t* permission denied\n\n";
const created = 'resource "urn:x" was not successfully created by the Kubernetes API server: ';

const rows: readonly ErrorRow[] = [
  [
    "sealed Vault",
    "vault",
    vault(
      "failed to lookup token, err=Error making API request.",
      "GET https://vault.lab.example/v1/auth/token/lookup-self",
      503,
      "Vault is sealed",
    ),
    /^shop: Vault is sealed; `npm run doctor` says who opens it, and docs\/vault\.md how; once it is open, run again$/,
  ],
  [
    "a Vault that a proxy cannot reach",
    "vault",
    vault(
      "failed to lookup token, err=Error making API request.",
      "GET https://vault.lab.example/v1/auth/token/lookup-self",
      503,
    ).replace("Errors:", "Raw Message:\n\nno available server"),
    /no Vault to hand over to, most often because it is sealed/,
  ],
  [
    "a Vault that fails",
    "vault",
    vault(secret, secretUrl, 500, "1 error occurred:\n\t* no space left on device\n\n"),
    /^shop: Vault fails itself \(500\); read what it says \(`kubectl -n vault logs vault-0`\)/,
  ],
  [
    "a Vault with a quota",
    "vault",
    vault(secret, secretUrl, 429, "request path: rate limit quota exceeded"),
    /^shop: Vault takes no more requests for now \(429, a quota of it\); run again in a minute$/,
  ],
  [
    "uninitialised Vault",
    "vault",
    vault(
      "failed to lookup token",
      "GET https://vault.lab.example/v1/auth/token/lookup-self",
      400,
      "Vault is not initialized",
    ),
    /is not initialised, since the Job vault-init .* read why \(`kubectl -n vault logs job\/vault-init`\), then run again$/,
  ],
  [
    "no token",
    "vault",
    "1 error occurred:\n\t* no vault token set on Client\n",
    /there is no token for Vault; `npm run with-vault -- pulumi up --stack STACK` gets one for the run \(docs\/vault\.md\)/,
  ],
  [
    "a strange token",
    "vault",
    vault(
      "failed to lookup token, err=Error making API request.",
      "GET https://vault.lab.example/v1/auth/token/lookup-self",
      403,
      "permission denied",
    ),
    /does not know the token of `VAULT_TOKEN`, or it has expired; unset it, and let `npm run with-vault -- /,
  ],
  [
    "no child token",
    "vault",
    vault("failed to create limited child token", "POST https://vault.lab.example/v1/auth/token/create", 403, denied),
    /let its policy `update` the path `auth\/token\/create`/,
  ],
  [
    "a denied path",
    "vault",
    vault(secret, secretUrl, 403, denied),
    /may not do this at idp\/data\/projects\/shop\/applications\/api\/entered\/KEY; `npm run with-vault -- .*root token$/,
  ],
  [
    "a secret that a person entered first",
    "vault",
    vault(secret, secretUrl, 400, "check-and-set parameter did not match the current version"),
    /written idp\/projects\/shop\/applications\/api\/entered\/KEY before .*`vault kv get -mount=idp projects\/shop\/applications\/api\/entered\/KEY`.*`vault kv metadata delete -mount=idp projects/,
  ],
  [
    "no mount",
    "vault",
    vault(secret, secretUrl, 404, 'no handler for route "idp/data/projects/shop". route entry not found.'),
    /has nothing at idp; run `pulumi up` of the vault stack first, with `--refresh` when Vault has been initialised anew$/,
  ],
  [
    "no engine for the keys of signatures",
    "vault",
    vault(
      "error creating encryption key",
      "PUT https://vault.lab.example/v1/idp-signing/keys/shop",
      404,
      'no handler for route "idp-signing/keys/shop". route entry not found.',
    ),
    /has nothing at idp-signing; run `pulumi up` of the vault stack first/,
  ],
  [
    "no Vault",
    "vault",
    'failed to lookup token, err=Get "http://127.0.0.1:9/v1/auth/token/lookup-self": dial tcp 127.0.0.1:9: connect: connection refused',
    /^shop: Vault does not answer; see whether its pod runs/,
  ],
  [
    "a strange Vault",
    "vault",
    'failed to lookup token, err=Get "https://vault.lab.example/v1/auth/token/lookup-self": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    /`VAULT_CACERT`$/,
  ],
  [
    "an object that exists",
    "kubernetes",
    `${created}secrets "mysql-credentials" already exists\n\nThe resource already exists in the cluster.`,
    /^shop: the cluster has secrets "mysql-credentials" already, and not from this stack;/,
  ],
  [
    "an unknown kind",
    "kubernetes",
    `${created}no matches for kind "ExternalSecret" in version "external-secrets.io/v1"`,
    /does not know the kind ExternalSecret; run `pulumi up` of the platform stack/,
  ],
  [
    "a quota",
    "kubernetes",
    `${created}persistentvolumeclaims "x" is forbidden: exceeded quota: quota, requested: 5Gi`,
    /more than its quota; raise `quota`/,
  ],
  [
    "an account without rights",
    "kubernetes",
    `${created}secrets is forbidden: User "jane" cannot create resource "secrets"`,
    /does not let jane do this/,
  ],
  [
    "no cluster",
    "kubernetes",
    "configured Kubernetes cluster is unreachable: unable to load schema information from the API server",
    /the cluster does not answer; check KUBECONFIG/,
  ],
];

describe("explained error of Vault or of the cluster", () => {
  itExplains(rows);

  it("is none for what nobody knows better, and for packages that need none", () => {
    for (const packageName of ["github", "vault", "kubernetes", "random"])
      assert.equal(explained(packageName, "something else"), undefined);
  });
});
