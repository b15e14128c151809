import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { LifeProcess } from "../../tests/support/vault-life/life-process";
import { apiServerAddress, apiServerAuthority } from "./api-server";
import { kubectl } from "./kubectl";

const job = z.object({
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        serviceAccountName: z.string(),
        containers: z.tuple([
          z.object({
            command: z.tuple([z.literal("node")]),
            args: z.tuple([z.literal("--input-type=module"), z.literal("--eval"), z.string()]),
            env: z.array(z.object({ name: z.string(), value: z.string() })),
          }),
        ]),
      }),
    }),
  }),
});

type Variables = Readonly<Record<string, string>>;

/**
 * Runs the programs of Jobs as their pods would, where no pod runs: with their variables, and with a token of their account,
 * against the API server itself.
 */
export class PodPrograms {
  readonly folder = mkdtempSync(join(tmpdir(), "idp-e2e-pod-"));

  private constructor(readonly authority: string) {}

  static async open(): Promise<PodPrograms> {
    return new PodPrograms(await apiServerAuthority());
  }

  /** `places` are addresses and files that are elsewhere than in a pod. */
  run(planned: object, places: Variables): LifeProcess {
    const { metadata, spec } = job.parse(planned);
    const { serviceAccountName, containers } = spec.template.spec;
    const [{ args, env }] = containers;
    const given = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const unknown = Object.keys(places).filter((name) => given[name] === undefined);
    if (unknown.length > 0) throw new Error(`the pod has no ${unknown.join(", ")}`);
    const token = kubectl("create", "token", serviceAccountName, "-n", metadata.namespace);
    return new LifeProcess(args[2], { ...given, ...this.#cluster(token), ...places });
  }

  /** A file beside the program, such as one of a Secret. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #cluster(token: string): Variables {
    return {
      KUBERNETES_URL: apiServerAddress(),
      NODE_EXTRA_CA_CERTS: this.file("ca.crt", this.authority),
      TOKEN_FILE: this.file("token", token),
    };
  }
}
