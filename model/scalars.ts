import { z } from "zod";
import { parseQuantity } from "./quantity";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const hostPattern = new RegExp(`^(?=.{1,253}$)${label}(\\.${label})+$`);

/** A DNS name with at least one dot, lower case, without scheme, port or wildcard (RFC 1123). */
export const hostName = z
  .string()
  .regex(hostPattern, "use a host name in lower case such as `git.lab.example`, without scheme or port")
  .meta({ id: "HostName" });

/** A Kubernetes quantity such as `500m` or `5Gi`. YAML and `pulumi config set --path` may have made a number of it. */
export const quantityText = z
  .union([z.string(), z.number()], { error: "use a quantity such as `500m`, `2` or `5Gi`" })
  .transform(String)
  .refine((text) => (parseQuantity(text) ?? 0) > 0, "use a quantity above zero such as `500m`, `2` or `5Gi`")
  .meta({ id: "Quantity" });

/** The name of a Kubernetes object that others refer to (RFC 1123 label). */
export const dnsLabel = z
  .string()
  .regex(
    new RegExp(`^${label}$`),
    "use at most 63 lower-case letters, digits and `-`, with a letter or digit at both ends",
  );

/** The address of a git repository that Argo CD can read. */
export const gitAddress = z
  .string()
  .regex(/^(https:\/\/|ssh:\/\/|git@)\S+$/, "use an address such as `https://github.com/me/infrastructure.git`");
