import { z } from "zod";
import { parseQuantity } from "./quantity";
import { unitAdvice } from "./unit-advice";

const environmentNamePattern = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** Name of an environment variable. Source: POSIX.1-2017, section 8.1, which shells and Kubernetes follow. */
export const environmentName = z
  .string()
  .regex(environmentNamePattern, { error: ({ input }) => environmentNameAdvice(String(input)) });

function environmentNameAdvice(input: string): string {
  const rule = "use letters, digits and `_`, with no digit first";
  // What begins with neither a letter nor a digit is no name that only was written in another way.
  const meant = input
    .replace(/[-. ]/g, "_")
    .replace(/^(?=\d)/, "_")
    .toUpperCase();
  const isMeant = /^\w/.test(input) && environmentNamePattern.test(meant);
  return isMeant ? `did you mean \`${meant}\`? ${rule}` : `${rule}, such as \`LOG_LEVEL\``;
}

/**
 * What no variable of a process can hold (the character 0), what is no text (half a surrogate pair), and control
 * characters, which the tools on the way into the cluster refuse or take for white space.
 */
const unprintable = /[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/u;

/** Text of an environment variable. YAML may have made a number or a truth value of it. */
export const environmentValue = z
  .string({
    error: ({ input }) =>
      typeof input === "number" || typeof input === "boolean"
        ? `write it in quotes: \`"${String(input)}"\``
        : undefined,
  })
  .max(32_768, "use at most 32768 characters; a larger text belongs into the image or a volume")
  .refine((text) => !unprintable.test(text), "use text without control characters but tabs and line breaks");

const mostRotations = 999_999_999;

const rotationAdvice = `use a whole number from 0 to ${mostRotations}`;

function isQuotedNumber(input: unknown): boolean {
  return typeof input === "string" && /^\d+$/.test(input);
}

/** Which values of its generated secrets an application has. A date such as `20270131` fits, and is greater each time. */
export const rotationNumber = z
  .int({ error: ({ input }) => (isQuotedNumber(input) ? undefined : rotationAdvice) })
  .min(0, rotationAdvice)
  .max(mostRotations, rotationAdvice);

/** An absolute path of the application's own web server. */
export const healthPath = z
  .string()
  .regex(/^\/[^\s?#]{0,254}$/, "use a path such as `/healthz`, without host, `?` and `#`");

/** Smaller and larger ones are slips of the pen, such as `128` or `512Ti`. */
const smallestMemory = 4 * 2 ** 20;
const largestMemory = 2 ** 40;
const memoryPattern = /^\d+(\.\d+)?(M|G|Mi|Gi|Ti)$/;

function isMemoryOfPod(text: string): boolean {
  return isBetween(text, smallestMemory, largestMemory);
}

function memoryAdvice(input: unknown): string {
  const fits = (text: string) => memoryPattern.test(text) && isMemoryOfPod(text);
  return unitAdvice(input, { usual: "M", fits }) ?? "use an amount from `4Mi` to `1Ti`, such as `256Mi`";
}

/** Memory of a pod. */
export const memoryAmount = z
  .string({ error: ({ input }) => memoryAdvice(input) })
  .regex(memoryPattern, { error: ({ input }) => memoryAdvice(input) })
  .refine(isMemoryOfPod, { error: ({ input }) => memoryAdvice(input) });

const cpuAdvice = "use cores or thousandths of one, from `1m` to `256`, such as `100m` or `0.5`";

/** CPU of a pod. `1` and `0.5` are numbers for YAML, and right. */
export const cpuAmount = z
  .union([z.string(), z.number()], { error: cpuAdvice })
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^\d+(\.\d{1,3})?$|^\d+m$/, cpuAdvice)
      .refine((text) => isBetween(text, 0.001, 256), cpuAdvice),
  );

function isBetween(text: string, least: number, most: number): boolean {
  const value = parseQuantity(text) ?? 0;
  return value >= least && value <= most;
}
