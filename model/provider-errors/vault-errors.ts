import { type Explanation, firstExplanation, unreachable, untrusted } from "./text-pattern";

/** How Vault's client writes a refused request. Source: ResponseError.Error in hashicorp/vault, api/response.go. */
const request = /URL: \w+ \S+?\/v1\/([\w./-]+)/;

/** One sentence for an error of Vault, and what to do; undefined when the text is not a known one. */
export function explainVault(text: string): string | undefined {
  return firstExplanation(text, [...states, ...tokens, ...requests(request.exec(text)?.[1])]);
}

/** A run with a token that is made for it and revoked afterwards. */
const withToken = "`npm run with-vault -- pulumi up --stack STACK`";

/** The sentences that are exported are also for those who ask Vault before. */
export const sealedSentence =
  "Vault is sealed; `npm run doctor` says who opens it, and docs/vault.md how; once it is open, run again";

export const uninitialisedSentence =
  "Vault is not initialised, since the Job vault-init of the platform stack has not finished; " +
  "read why (`kubectl -n vault logs job/vault-init`), then run again";

export const tokenlessSentence = `there is no token for Vault; ${withToken} gets one for the run (docs/vault.md), and none belongs into the configuration`;

export const strangeTokenSentence = `Vault does not know the token of \`VAULT_TOKEN\`, or it has expired; unset it, and let ${withToken} get one for the run (docs/vault.md)`;

export const silentSentence =
  "Vault does not answer; see whether its pod runs (`kubectl -n vault get pods`), whether `idp:vaultAddress` is right, " +
  "and what `npm run doctor` says";

export const unreadySentence =
  "what stands before Vault has no Vault to hand over to, most often because it is sealed; " +
  "`npm run doctor` says who opens it, and docs/vault.md how; once it is open, run again";

const untrustedSentence =
  "Vault's certificate is signed by nobody that this machine trusts; name the authority's file in `VAULT_CACERT`";

const states: readonly Explanation[] = [
  { pattern: /Vault is sealed/i, sentence: sealedSentence },
  { pattern: /not (yet )?initialized/i, sentence: uninitialisedSentence },
  { pattern: /no vault token set/i, sentence: tokenlessSentence },
  { pattern: untrusted, sentence: untrustedSentence },
  { pattern: unreachable, sentence: silentSentence },
  { pattern: /Code: 50[234]\b/, sentence: unreadySentence },
  {
    pattern: /Code: 500\b/,
    sentence:
      "Vault fails itself (500); read what it says (`kubectl -n vault logs vault-0`), most often its disk is full",
  },
  {
    pattern: /Code: 429\b/,
    sentence: "Vault takes no more requests for now (429, a quota of it); run again in a minute",
  },
];

const tokens: readonly Explanation[] = [
  {
    pattern: /failed to create limited child token/,
    sentence:
      "the token for Vault may not make the short-lived one that is used instead of it; " +
      "let its policy `update` the path `auth/token/create`",
  },
  { pattern: /failed to lookup token[^]*Code: 403/, sentence: strangeTokenSentence },
];

function requests(path = "what it was asked for"): readonly Explanation[] {
  const [mount = "", ...below] = path.split("/data/");
  const [engine = mount] = mount.split("/");
  const secret = `-mount=${mount} ${below.join("/data/")}`;
  return [
    {
      pattern: /check-and-set parameter did not match/,
      sentence:
        `somebody has written ${path.replace("/data/", "/")} before this program could; keep its value ` +
        `(\`vault kv get ${secret}\`), remove it (\`vault kv metadata delete ${secret}\`), run again, and enter the value again`,
    },
    {
      pattern: /no handler for route/,
      sentence: `Vault has nothing at ${engine}; run \`pulumi up\` of the vault stack first, with \`--refresh\` when Vault has been initialised anew`,
    },
    {
      pattern: /permission denied|Code: 403/,
      sentence:
        `the token for Vault may not do this at ${path}; ${withToken} takes one that may do what the stacks need, ` +
        "and docs/vault.md says what takes a root token",
    },
  ];
}
