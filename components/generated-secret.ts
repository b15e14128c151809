import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import type { SecretForm } from "../model/secret-text";
import type { PlannedCertificate, PlannedPassword, PlannedPrivateKey } from "../plan/planned-resource";
import type { SecretLookup } from "./secret-values";

/** A value that is made once and kept in the state, in each form that a plan may ask for. */
export interface GeneratedSecret {
  readonly resource: pulumi.Resource;
  readonly forms: Readonly<Partial<Record<SecretForm, pulumi.Output<string>>>>;
}

export function registerPassword(
  { name, length, rotation = 0 }: PlannedPassword,
  opts: pulumi.CustomResourceOptions,
): GeneratedSecret {
  const keepers = rotation === 0 ? {} : { keepers: { rotation: String(rotation) } };
  const password = new random.RandomPassword(name, { length, special: false, ...keepers }, opts);
  return { resource: password, forms: { plain: password.result, bcrypt: password.bcryptHash } };
}

export function registerPrivateKey(
  { name, algorithm }: PlannedPrivateKey,
  opts: pulumi.CustomResourceOptions,
): GeneratedSecret {
  const args = algorithm === "rsa" ? { algorithm: "RSA", rsaBits: 4096 } : { algorithm: "ED25519" };
  const key = new tls.PrivateKey(name, args, opts);
  const { privateKeyPem: plain, privateKeyOpenssh: openssh, publicKeyOpenssh } = key;
  return { resource: key, forms: { plain, openssh, "openssh-public": publicKeyOpenssh } };
}

export function registerCertificate(
  { name, privateKey, commonName, years }: PlannedCertificate,
  lookup: SecretLookup,
  opts: pulumi.CustomResourceOptions,
): GeneratedSecret {
  const args: tls.SelfSignedCertArgs = {
    privateKeyPem: lookup({ name: privateKey, form: "plain" }),
    subject: { commonName },
    validityPeriodHours: years * 365 * 24,
    allowedUses: ["digital_signature"],
  };
  const certificate = new tls.SelfSignedCert(name, args, opts);
  return { resource: certificate, forms: { plain: certificate.certPem } };
}
