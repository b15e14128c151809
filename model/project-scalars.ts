import { z } from "zod";
import { buildSuffix, maxNameLength, namePattern, reservedProjectNames, reservedServiceNames } from "./names";
import { parseQuantity, quantity } from "./quantity";
import { unitAdvice } from "./unit-advice";

/** A name of a person's choice that others are made of. */
export const nameText = z
  .string({ error: ({ input }) => (typeof input === "number" ? nameAdvice(input) : undefined) })
  .max(maxNameLength, { error: ({ input }) => nameAdvice(input) })
  .regex(namePattern, { error: ({ input }) => nameAdvice(input) });

/** A project's name, which is the name of its file without `.yaml`. */
export const projectName = nameText.refine((text) => projectNameOwner(text) === undefined, {
  error: ({ input }) => `use another name: \`${String(input)}\` is ${projectNameOwner(String(input)) ?? "taken"}`,
});

function projectNameOwner(text: string): string | undefined {
  if (text.startsWith("kube-")) return "kept for Kubernetes, as is all that starts with `kube-`";
  if (text.endsWith(buildSuffix))
    return `the namespace where a project's builds run, as is all that ends in \`${buildSuffix}\``;
  return ownerIn(reservedProjectNames, text);
}

/** Name of an application or a database; both become Services of the project's namespace. */
export const serviceNameText = nameText
  .refine((text) => ownerIn(reservedServiceNames, text) === undefined, {
    error: ({ input }) =>
      `use another name: \`${String(input)}\` is ${ownerIn(reservedServiceNames, String(input)) ?? "taken"}`,
  })
  .meta({ pattern: `^(?!(${Object.keys(reservedServiceNames).join("|")})$)${namePattern.source.slice(1)}` });

function ownerIn(reserved: Readonly<Record<string, string>>, text: string): string | undefined {
  return Object.entries(reserved).find(([known]) => known === text)?.[1];
}

function nameAdvice(input: unknown): string {
  const text = typeof input === "string" ? input : "";
  const rule = `use at most ${maxNameLength} lower-case letters, digits and single \`-\`, with a letter first`;
  const mended = text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-$/g, "");
  return namePattern.test(mended) && mended.length <= maxNameLength ? `${rule}, such as \`${mended}\`` : rule;
}

const portAdvice = "use a whole number from 1 to 65535";

function isAbsentOrQuoted(input: unknown): boolean {
  return input === undefined || (typeof input === "string" && /^\d+$/.test(input));
}

/** TCP port. */
export const port = z
  .int({ error: ({ input }) => (isAbsentOrQuoted(input) ? undefined : portAdvice) })
  .min(1, portAdvice)
  .max(65535, portAdvice);

/** A smaller one is a slip of the pen, such as `5` for `5Gi`. */
export const smallestVolume = "64Mi";

/** A larger one is a slip of the pen too, such as `500Ti` for `500Gi`: no mini PC holds it. */
const largestVolume = "64Ti";

const sizePattern = /^\d+(\.\d+)?(M|G|T|Mi|Gi|Ti)$/;

function isAtLeastSmallest(text: string): boolean {
  return (parseQuantity(text) ?? 0) >= quantity(smallestVolume);
}

function sizeAdvice(input: unknown): string {
  const fits = (text: string) => sizePattern.test(text) && isAtLeastSmallest(text);
  return unitAdvice(input, { usual: "G", fits }) ?? `use a size of at least ${smallestVolume}, such as \`5Gi\``;
}

/** Size of a volume, as a Kubernetes quantity. */
export const volumeSize = z
  .string({ error: ({ input }) => sizeAdvice(input) })
  .regex(sizePattern, { error: ({ input }) => sizeAdvice(input) })
  .refine(isAtLeastSmallest, { error: ({ input }) => sizeAdvice(input) })
  .refine((text) => (parseQuantity(text) ?? 0) <= quantity(largestVolume), `use a size of at most ${largestVolume}`);

/** A volume of a platform, with the size that it has where nothing is said. */
export const volume = (size: string, meaning: string) => volumeSize.prefault(size).describe(meaning);
