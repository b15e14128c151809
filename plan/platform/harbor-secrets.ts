import type { JsonObject } from "../../model/json";
import { secretOf, secretText, type SecretText } from "../../model/secret-text";
import type { PlannedManifest, PlannedResource } from "../planned-resource";
import { secretManifest } from "../secret-manifest";

/**
 * Kubernetes Secrets that the chart reads, by their role; the same names are their logical names. What the chart gets no
 * Secret for, it fills with a public default or makes up anew on every render.
 */
export const harborSecrets = {
  admin: "harbor-admin",
  /** Encrypts credentials inside the database: without it they are lost. */
  encryption: "harbor-encryption",
  core: "harbor-core-internal",
  xsrf: "harbor-xsrf",
  jobService: "harbor-jobservice-internal",
  registryHttp: "harbor-registry-http",
  registryCredentials: "harbor-registry-credentials",
  database: "harbor-database-login",
  token: "harbor-token",
} as const;

/** Logical name of the first password of the user `admin`. */
export const harborAdminPassword = "harbor-admin-password";

const adminPasswordKey = "HARBOR_ADMIN_PASSWORD";
const xsrfKey = "CSRF_KEY";
const jobServiceKey = "JOBSERVICE_SECRET";
const registryHttpKey = "REGISTRY_HTTP_SECRET";
const databaseKey = "password";

/** The user that Harbor's core is to its own registry. */
const registryUser = "harbor_registry_user";

/** Generated passwords by logical name, in characters; 16 and 32 are the chart's own rules. */
const passwordLengths = {
  [harborAdminPassword]: 32,
  "harbor-encryption-key": 16,
  "harbor-core-secret": 16,
  "harbor-xsrf-key": 32,
  "harbor-jobservice-secret": 16,
  "harbor-registry-http-secret": 16,
  "harbor-registry-password": 32,
  "harbor-database-password": 32,
} as const;

type PasswordName = keyof typeof passwordLengths;

/** Every secret of Harbor: generated, and written into the Secrets that the chart reads. */
export function planHarborSecrets(namespace: string): readonly PlannedResource[] {
  const passwords = Object.entries(passwordLengths).map(([name, length]) => ({
    kind: "password" as const,
    name,
    length,
  }));
  return [...passwords, ...tokenKeyPair, ...secrets(namespace)];
}

/** Signs the tokens that clients show to the API of the registry. */
const tokenKeyPair: readonly PlannedResource[] = [
  { kind: "private-key", name: "harbor-token-key", algorithm: "rsa" },
  {
    kind: "certificate",
    name: "harbor-token-certificate",
    privateKey: "harbor-token-key",
    commonName: "harbor-token",
    // The chart asks for it and nothing reads it: the registry lets only Harbor's core in, by password.
    years: 30,
  },
];

function secrets(namespace: string): readonly PlannedManifest[] {
  const secret = (name: string, data: SecretData) => plannedSecret({ name, namespace }, data);
  // What the volumes hold cannot be read without these, so they stay as long as the volumes do.
  const kept = (name: string, data: SecretData): PlannedManifest => ({ ...secret(name, data), retain: true });
  return [
    kept(harborSecrets.encryption, { secretKey: password("harbor-encryption-key") }),
    kept(harborSecrets.database, { [databaseKey]: password("harbor-database-password") }),
    secret(harborSecrets.admin, { [adminPasswordKey]: password(harborAdminPassword) }),
    secret(harborSecrets.core, { secret: password("harbor-core-secret") }),
    secret(harborSecrets.xsrf, { [xsrfKey]: password("harbor-xsrf-key") }),
    secret(harborSecrets.jobService, { [jobServiceKey]: password("harbor-jobservice-secret") }),
    secret(harborSecrets.registryHttp, { [registryHttpKey]: password("harbor-registry-http-secret") }),
    secret(harborSecrets.registryCredentials, {
      REGISTRY_PASSWD: password("harbor-registry-password"),
      REGISTRY_HTPASSWD: secretText(`${registryUser}:`, secretOf("harbor-registry-password", "bcrypt")),
    }),
    secret(harborSecrets.token, {
      "tls.key": secretText(secretOf("harbor-token-key")),
      "tls.crt": secretText(secretOf("harbor-token-certificate")),
    }),
  ];
}

function password(name: PasswordName): SecretText {
  return secretText(secretOf(name));
}

type SecretData = Readonly<Record<string, SecretText>>;

function plannedSecret(
  place: { readonly name: string; readonly namespace: string },
  stringData: SecretData,
): PlannedManifest {
  const type = "tls.key" in stringData ? "kubernetes.io/tls" : "Opaque";
  return { kind: "manifest", name: place.name, manifest: secretManifest({ ...place, type, stringData }) };
}

/**
 * The chart values that point at the Secrets, by section of the chart. The empty texts take the place of public defaults,
 * so that none of them can come back by a Secret's name that a later chart no longer knows.
 */
export const harborSecretValues = {
  global: {
    existingSecretAdminPassword: harborSecrets.admin,
    existingSecretAdminPasswordKey: adminPasswordKey,
    harborAdminPassword: "",
    existingSecretSecretKey: harborSecrets.encryption,
    secretKey: "",
  },
  core: {
    existingSecret: harborSecrets.core,
    existingXsrfSecret: harborSecrets.xsrf,
    existingXsrfSecretKey: xsrfKey,
    secretName: harborSecrets.token,
  },
  jobService: { existingSecret: harborSecrets.jobService, existingSecretKey: jobServiceKey },
  registry: {
    existingSecret: harborSecrets.registryHttp,
    existingSecretKey: registryHttpKey,
    credentials: { username: registryUser, password: "", existingSecret: harborSecrets.registryCredentials },
  },
  /**
   * The chart has no Secret for the password of its own database. Its pod takes the variable from ours, which wins over the
   * empty one of the chart; Harbor's core reads the Secret of an external database, whichever kind is in use.
   */
  database: {
    internal: {
      password: "",
      extraEnvVars: [
        {
          name: "POSTGRES_PASSWORD",
          valueFrom: { secretKeyRef: { name: harborSecrets.database, key: databaseKey } },
        },
      ],
    },
    external: { existingSecret: harborSecrets.database },
  },
} as const satisfies JsonObject;
