import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor, type MockCallArgs, type MockResourceArgs, type Mocks } from "@pulumi/pulumi/runtime/mocks";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";

/** One registration as the engine would have seen it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Inputs with secrets taken out of their envelopes. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of the top-level inputs that hold a secret somewhere. */
  readonly secretInputs: readonly string[];
  readonly urn: string;
  readonly parent: string;
  /** Reference of the provider; empty for components and providers. */
  readonly provider: string;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The existing thing that it takes over; empty: none. */
  readonly importId: string;
  readonly ignoreChanges: readonly string[];
  /** URNs, of components their children's too. */
  readonly dependencies: readonly string[];
  /** URNs of the resources whose replacement replaces it. */
  readonly replaceWith: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** It is replaced when this is another value than before; null: there is none. */
  readonly replacementTrigger: unknown;
  /** Names of what the engine calls when it fails. */
  readonly errorHooks: readonly string[];
}

export interface MockEngineOptions {
  readonly stack?: string;
  readonly preview?: boolean;
  /** What a `StackReference` answers; a function is told the full name of the stack. */
  readonly stackOutputs?: StackOutputs | ((stack: string) => StackOutputs);
  /** Name of the resource whose provider fails; such a run ends as a failed `up` does. */
  readonly failing?: string;
}

export interface StackOutputs {
  readonly plain: object;
  readonly secretNames: readonly string[];
}

const knownTypes = /^(kubernetes|random|tls|vault|github|idp|pulumi:providers|pulumi:pulumi):/;

/**
 * Runs a program without an engine and returns what it registered, sorted by type and name. A resource of an unknown package, a repeated
 * (type, name) pair or any provider function call fails the test.
 */
export async function deploy(build: () => unknown, options: MockEngineOptions = {}): Promise<readonly Registration[]> {
  // The provider's class copies it into its inputs, and no test may depend on the machine.
  delete process.env["KUBECONFIG"];
  const registrations: Registration[] = [];
  const mistakes: string[] = [];
  const mocks: Mocks = {
    newResource: (args) => {
      if (!knownTypes.test(args.type)) mistakes.push(`unknown resource type ${args.type}`);
      if (args.name === options.failing) throw new Error(`${args.name} failed`);
      return { id: `${args.name}-id`, state: { ...inputsOf(args), ...mockedState(args, options) } };
    },
    call: (args: MockCallArgs) => {
      mistakes.push(`unknown call ${args.token}`);
      return {};
    },
  };
  await pulumi.runtime.setMocks(mocks, "idp", options.stack ?? "homelab", options.preview ?? false, "organization");
  recordRegistrations(registrations);
  await build();
  await pulumi.runtime.disconnect();
  const keys = registrations.map(({ type, name }) => `${type} ${name}`);
  mistakes.push(...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `registered twice: ${key}`));
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return registrations.sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

/** The value of a generated password or private key under mocks; a canary that must never appear where it is not secret. */
export function mockedPassword(name: string): string {
  return `canary-${name}`;
}

/** The SDK types them as anything. */
function inputsOf({ inputs }: { readonly inputs: unknown }): object {
  return typeof inputs === "object" && inputs !== null ? inputs : {};
}

function mockedState(args: MockResourceArgs, options: MockEngineOptions): Record<string, unknown> {
  if (args.type === "random:index/randomPassword:RandomPassword") {
    return { result: mockedPassword(args.name), bcryptHash: `bcrypt-${mockedPassword(args.name)}` };
  }
  if (args.type === "tls:index/privateKey:PrivateKey") {
    const [privateKeyPem, publicKeyOpenssh] = [mockedPassword(args.name), `ssh-ed25519 ${args.name}`];
    return { privateKeyPem, publicKeyOpenssh, privateKeyOpenssh: `openssh-${privateKeyPem}` };
  }
  if (args.type === "tls:index/selfSignedCert:SelfSignedCert") return { certPem: `certificate-${args.name}` };
  if (args.type === "vault:index/mount:Mount") return { accessor: `${args.name}-accessor` };
  if (args.type === "pulumi:pulumi:StackReference") {
    const { stackOutputs = { plain: {}, secretNames: [] } } = options;
    const { plain, secretNames } = typeof stackOutputs === "function" ? stackOutputs(args.name) : stackOutputs;
    return { outputs: plain, secretOutputNames: secretNames };
  }
  return {};
}

/**
 * Listens in on the monitor that `setMocks` made. A monitor of our own, set afterwards, would be told no secret: setting one
 * forgets what `setMocks` has turned on.
 */
function recordRegistrations(registrations: Registration[]): void {
  const monitor: unknown = getMonitor();
  if (!(monitor instanceof MockMonitor)) throw new Error("the mocks are not set");
  // The SDK says that its mocks know error hooks, but this call is missing there.
  Object.assign(monitor, { registerErrorHook });
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request: RegisterResourceRequest, callback: RegisterCallback) => {
    const index = registrations.push(registration(request, "")) - 1;
    await register(request, (error: unknown, response: unknown) => {
      registrations[index] = registration(request, hasUrn(response) ? response.getUrn() : "");
      callback(error, response);
    });
  };
}

function registerErrorHook(_request: unknown, callback: (error: null, response: object) => void): void {
  callback(null, {});
}

type RegisterCallback = Parameters<MockMonitor["registerResource"]>[1];

function registration(request: RegisterResourceRequest, urn: string): Registration {
  const sent = request.getObject()?.toJavaScript() ?? {};
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, withoutEnvelopes(value)])),
    secretInputs: Object.keys(sent).filter((key) => hasEnvelope(sent[key])),
    urn,
    parent: request.getParent(),
    provider: request.getProvider(),
    custom: request.getCustom(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    importId: request.getImportid(),
    ignoreChanges: request.getIgnorechangesList(),
    dependencies: request.getDependenciesList(),
    replaceWith: request.getReplaceWithList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    replacementTrigger: request.getReplacementTrigger()?.toJavaScript() ?? null,
    errorHooks: request.getHooks()?.getOnErrorList() ?? [],
  };
}

function hasUrn(response: unknown): response is { getUrn(): string } {
  return typeof response === "object" && response !== null && "getUrn" in response;
}

// Pulumi's wire form of a secret. Source: sdk/nodejs/runtime/rpc.ts (specialSigKey, specialSecretSig).
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

function isEnvelope(value: unknown): value is { readonly value: unknown } {
  return (
    typeof value === "object" && value !== null && signatureKey in value && value[signatureKey] === secretSignature
  );
}

function hasEnvelope(value: unknown): boolean {
  if (isEnvelope(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasEnvelope);
}

function withoutEnvelopes(value: unknown): unknown {
  if (isEnvelope(value)) return withoutEnvelopes(value.value);
  if (Array.isArray(value)) return value.map(withoutEnvelopes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutEnvelopes(item)]));
}
