import { z } from "zod";
import { addressAdvice, hasNoCredentials } from "./scalars";

const acmeChallenge = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("http01").describe("the internet must reach the hosts") }),
  z.strictObject({
    type: z
      .literal("cloudflare")
      .describe("a DNS record made with the token in `idp:acmeDnsToken`; also works for hosts inside the house"),
  }),
]);

/** Where the certificates of the hosts come from. */
export const tlsSettings = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("lab-ca").describe("cert-manager signs with a certificate authority of the cluster's own"),
  }),
  z.strictObject({
    mode: z.literal("acme").describe("cert-manager asks an ACME server such as Let's Encrypt"),
    email: z.email("use the address that the ACME server may write to").describe("where the ACME server may write to"),
    server: z
      .url({ protocol: /^https$/, error: "use the https address of an ACME directory" })
      .refine(hasNoCredentials, addressAdvice)
      .default("https://acme-v02.api.letsencrypt.org/directory")
      .describe("directory of the ACME server"),
    challenge: acmeChallenge.describe("how to prove that a host is yours: `type: http01` or `type: cloudflare`"),
  }),
  z.strictObject({ mode: z.literal("traefik").describe("no cert-manager; Traefik shows its default certificate") }),
]);
