import { type KubectlRow, kubectlErrors } from "./kubectl-stand-in";
import { rows } from "./operator-place";

const sealStatus = "/v1/sys/seal-status";
export const loginPath = "/v1/auth/kubernetes/login";
const sealed = { initialized: true, sealed: true, t: 1, n: 1, progress: 0, version: "1.21.0" };
const context = "kubectl --context default -n vault";

export interface Trouble {
  readonly title: string;
  readonly expected: RegExp;
  /** Answers of Vault, by path. */
  readonly answers?: Readonly<Record<string, readonly [status: number, body: unknown]>>;
  readonly kubectl?: readonly KubectlRow[];
  /** Lines of the platform stack's file. */
  readonly settings?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly code?: number;
}

const absentFirst = { asked: rows.first.asked, stderr: kubectlErrors.absent };

export const troubles: readonly Trouble[] = [
  {
    title: "Vault is sealed, and the unsealer opens it",
    answers: { [sealStatus]: [200, sealed] },
    expected:
      /Vault is sealed; unseal mode `kubernetes-secret`: [^\n]+`kubectl \S+ default -n vault logs deployment\/vault-unsealer`/,
  },
  {
    title: "Vault is sealed, and a person opens it",
    answers: { [sealStatus]: [200, sealed] },
    settings: "  idp:vault: {unseal: {mode: manual}}\n",
    expected: new RegExp(
      `Vault is sealed; unseal mode \`manual\`: \`${context} exec -it vault-0 -- vault operator unseal\``,
    ),
  },
  {
    title: "OpenBao is sealed, and a person opens it",
    answers: { [sealStatus]: [200, sealed] },
    settings: "  idp:vault: {distribution: openbao, unseal: {mode: manual}}\n",
    expected: new RegExp(`\`${context} exec -it vault-0 -- bao operator unseal\``),
  },
  {
    title: "Vault is not initialised",
    answers: { [sealStatus]: [200, { initialized: false, sealed: true }] },
    expected: /Vault is not initialised; the Job vault-init [^\n]+logs job\/vault-init`/,
  },
  {
    title: "a proxy has no Vault behind it",
    answers: { [sealStatus]: [503, "no available server"] },
    expected: /what stands before Vault at \S+ has none to hand over to; unseal mode/,
  },
  {
    title: "a web page answers in Vault's place",
    answers: { [sealStatus]: [200, "<html>"] },
    expected: /what answers at \S+ is not Vault \(200\); check VAULT_ADDR, or open a tunnel/,
  },
  {
    title: "nobody listens",
    variables: { VAULT_ADDR: "http://127.0.0.1:9" },
    expected:
      /Vault does not answer at http:\/\/127.0.0.1:9 \(ECONNREFUSED\); [^\n]+port-forward svc\/vault 8200` and set VAULT_ADDR=/,
  },
  {
    title: "the host has no address",
    variables: { VAULT_ADDR: "" },
    expected:
      /Vault does not answer at https:\/\/vault.lab.example \([^)]+\); let the name vault.lab.example lead to a node \(DNS/,
  },
  {
    title: "there is no kubectl",
    variables: { PATH: "/nowhere" },
    expected: /there is no command `kubectl` here; install/,
  },
  {
    title: "the context is unknown",
    kubectl: [{ asked: "", stderr: kubectlErrors.context }],
    expected: /the kubeconfig has no context `default`; [^\n]+ `idp:kubernetes.context` of Pulumi.homelab.yaml/,
  },
  {
    title: "the API server is away",
    kubectl: [{ asked: "", stderr: kubectlErrors.silent }],
    expected: /the API server of the context `default` does not answer/,
  },
  {
    title: "the cluster does not know the person",
    kubectl: [{ asked: "", stderr: kubectlErrors.expired }],
    expected: /the cluster does not know who you are; log in again/,
  },
  {
    title: "kubectl fails in a way of its own",
    kubectl: [{ asked: "", stderr: "noise\nerror: exec: executable oidc\u001b[2J not found\n" }],
    expected: /kubectl fails: error: exec: executable oidc\?\[2J not found; try `kubectl --context default get nodes`/,
  },
  {
    title: "the person may do nothing there",
    kubectl: [{ asked: "", stderr: kubectlErrors.denied }],
    expected: /you may not make a token of the service account vault-operator in the namespace vault; use a kubeconfig/,
  },
  {
    title: "the platform is older than the operator's account",
    kubectl: [absentFirst],
    expected: /the cluster has no service account vault-operator; run `pulumi up --stack homelab`, which makes it/,
  },
  {
    title: "the vault stack was never made, and the bootstrap token is gone",
    answers: { [loginPath]: [400, { errors: ['invalid role name "idp-operator"'] }] },
    expected: /Vault has no role idp-operator, [^\n]+ its bootstrap token is gone [^\n]+docs\/vault.md says/,
  },
  {
    title: "Vault has no kubernetes auth method",
    answers: { [loginPath]: [403, { errors: ["permission denied"] }] },
    expected:
      /Vault does not let vault-operator in; if `pulumi up --stack homelab-vault` has never ended well, [^\n]+logs vault-0`/,
  },
  {
    title: "Vault fails",
    answers: { [loginPath]: [500, { errors: ["local node not active"] }] },
    expected: /Vault at \S+ answered 500 to the login; see what it says/,
  },
  {
    title: "a login brings no token",
    answers: { [loginPath]: [200, { auth: {} }] },
    expected: /answered 200 to the login/,
  },
  {
    title: "the given token cannot be one",
    variables: { VAULT_TOKEN: "hvs.Canary\nToken" },
    expected: /VAULT_TOKEN holds characters that no token has/,
    code: 2,
  },
  {
    title: "the given certificate is not there",
    variables: { VAULT_CACERT: "/nowhere/lab-ca.crt" },
    expected: /VAULT_CACERT names \/nowhere\/lab-ca.crt, which cannot be read/,
  },
  {
    title: "the given address is none",
    variables: { VAULT_ADDR: "https://me:canary@vault.lab.example" },
    expected: /VAULT_ADDR is no address of Vault/,
    code: 2,
  },
  {
    title: "there is no such command",
    argv: ["no-such-command"],
    expected: /there is no command `no-such-command`/,
    code: 127,
  },
  {
    title: "the command is a folder",
    argv: ["/tmp"],
    expected: /the command `\/tmp` cannot be run \(EACCES\)/,
    code: 126,
  },
  {
    title: "no command is named",
    argv: [],
    expected: /missing required argument 'command'; see `npm run with-vault -- --help`/,
    code: 2,
  },
  { title: "an option is unknown", argv: ["--stack", "x"], expected: /unknown option '--stack'/, code: 2 },
  {
    title: "the platform is unknown",
    argv: ["--platform", "home", "true"],
    expected: /Pulumi.home.yaml is not here/,
    code: 2,
  },
];
