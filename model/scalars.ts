import { z } from "zod";
import { parseQuantity, quantity } from "./quantity";
import { unitAdvice } from "./unit-advice";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
// The last label starts with a letter: `192.168.1.2` is an address, for which no certificate is issued.
const topLabel = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
const hostPattern = new RegExp(`^(?=.{1,253}$)(${label}\\.)+${topLabel}$`);

/** A DNS name with at least one dot, lower case, without scheme, port or wildcard (RFC 1123). */
export const hostName = z
  .string()
  .regex(hostPattern, { error: ({ input }) => hostAdvice(String(input)) })
  .meta({ id: "HostName" });

function hostAdvice(text: string): string {
  // DNS knows other letters only in the form that URL gives a host, such as `xn--mller-kva.example`.
  const ascii = URL.canParse(`https://${text}`) ? new URL(`https://${text}`).hostname : "";
  const isForeign = !text.includes("/") && ascii !== text && hostPattern.test(ascii);
  if (isForeign) return `write it as \`${ascii}\``;
  return "use a host name in lower case such as `git.lab.example`, without scheme, port or `*`";
}

/** A Kubernetes quantity such as `500m` or `5Gi`. YAML and `pulumi config set --path` may have made a number of it. */
export const quantityText = z
  .union([z.string(), z.number()], { error: "use a quantity such as `500m`, `2` or `5Gi`" })
  .transform(String)
  .refine((text) => (parseQuantity(text) ?? 0) > 0, "use a quantity above zero such as `500m`, `2` or `5Gi`")
  .meta({ id: "Quantity" });

/** A smaller one is a slip of the pen, such as `32` for `32Gi`: no node that runs Kubernetes has less. */
const smallestNode = "256Mi";

/** Memory of a node, as a Kubernetes quantity. */
export const nodeMemory = z
  .union([z.string(), z.number()], { error: ({ input }) => nodeMemoryAdvice(input) })
  .transform(String)
  .refine(isMemoryOfNode, { error: ({ input }) => nodeMemoryAdvice(input) });

function isMemoryOfNode(text: string): boolean {
  return (parseQuantity(text) ?? 0) >= quantity(smallestNode);
}

function nodeMemoryAdvice(input: unknown): string {
  const inGibibytes = `${String(input)}Gi`;
  if (/^\d+$/.test(String(input)) && isMemoryOfNode(inGibibytes))
    return `without a unit it counts bytes; did you mean \`${inGibibytes}\`?`;
  const advice = unitAdvice(input, { usual: "G", fits: isMemoryOfNode });
  return advice ?? `use the memory of one node, at least ${smallestNode}, such as \`16Gi\``;
}

/** The name of a Kubernetes object that others refer to (RFC 1123 label). */
export const dnsLabel = z
  .string()
  .regex(
    new RegExp(`^${label}$`),
    "use at most 63 lower-case letters, digits and `-`, with a letter or digit at both ends",
  );

/** For what would be readable in plain configuration, in plans and in the cluster. */
export const addressAdvice = "use an address without user and password";

/** Whether an address names no user and no password, as in `https://me:token@host`. */
export function hasNoCredentials(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}

/** The address of a git repository that Argo CD can read. */
export const gitAddress = z
  .string()
  .refine(
    (text) => /^git@\S+$/.test(text) || (/^(https|ssh):\/\/\S+$/.test(text) && URL.canParse(text)),
    "use an address such as `https://github.com/me/infrastructure.git`",
  )
  .refine(
    (text) => (text.startsWith("ssh://") ? hasNoPassword(text) : hasNoCredentials(text)),
    "use the address without user and password; a token that reads it belongs into the secret `idp:infrastructureToken`",
  );

/** With ssh the user is the same for everyone, such as `git`. */
function hasNoPassword(address: string): boolean {
  return !URL.canParse(address) || new URL(address).password === "";
}

/** Name of a Pulumi stack. Source: tokens.ParseStackName in pulumi/pulumi. */
export const stackName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, "use a stack's name: letters, digits, `-`, `_` and `.`");

/** A project, or one of its databases or applications, as `project` or `project/name`. */
export const givenUp = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/,
    "use a project such as `shop`, or a part of one such as `shop/mysql`",
  );
