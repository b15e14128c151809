import type { Stack } from "@pulumi/pulumi/automation";
import { z } from "zod";
import type { SecretForm, SecretText } from "../../model/secret-text";

/** How the engine marks a secret in an exported state; `plaintext` is there when it was asked for. */
const secret = z
  .object({ plaintext: z.string() })
  .transform(({ plaintext }) => z.string().parse(JSON.parse(plaintext)));
const value = z.union([z.string(), secret]);

const state = z.object({
  resources: z.array(
    z.looseObject({ urn: z.string(), type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** Which output of a resource holds which form of its value. */
const forms: Readonly<Record<string, Readonly<Partial<Record<SecretForm, string>>>>> = {
  "random:index/randomPassword:RandomPassword": { plain: "result", bcrypt: "bcryptHash" },
  "tls:index/privateKey:PrivateKey": {
    ...{ plain: "privateKeyPem", openssh: "privateKeyOpenssh", "openssh-public": "publicKeyOpenssh" },
  },
};

/** The values that a stack generated and those that it was given, in clear, so that rows can look for them where they belong and where they do not. */
export class GeneratedValues {
  readonly #values: ReadonlyMap<string, string>;

  readonly #configured: Readonly<Record<string, string>>;

  private constructor(values: ReadonlyMap<string, string>, configured: Readonly<Record<string, string>>) {
    this.#values = values;
    this.#configured = configured;
  }

  /** `configured` are secrets that a person has set, by the names that plans have for them. */
  static async of(stack: Stack, configured: Readonly<Record<string, string>> = {}): Promise<GeneratedValues> {
    const exported = z.object({ deployment: state }).parse(await stack.exportStack());
    const values = exported.deployment.resources.flatMap(({ urn, type, outputs }) =>
      Object.entries(forms[type] ?? {}).map(([form, output]): [string, string] => [
        `${urn.split("::").at(-1) ?? ""} ${form}`,
        value.parse(outputs?.[output]),
      ]),
    );
    return new GeneratedValues(new Map(values), configured);
  }

  /** What nobody may see; a public key is none. */
  get secrets(): readonly string[] {
    const generated = [...this.#values].filter(([key]) => !key.endsWith(" openssh-public")).map(([, text]) => text);
    return [...generated, ...Object.values(this.#configured)];
  }

  /** A text of the plan as it reaches its place. */
  text(planned: string | SecretText): string {
    if (typeof planned === "string") return planned;
    return planned.$secret.map((part) => (typeof part === "string" ? part : this.#value(part))).join("");
  }

  #value({ name, form }: { readonly name: string; readonly form: SecretForm }): string {
    const found = this.#values.get(`${name} ${form}`) ?? this.#configured[name];
    if (found === undefined) throw new Error(`the state has no value ${name} of the form ${form}`);
    return found;
  }
}
