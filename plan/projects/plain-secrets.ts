import type { Application, Project } from "../../model/project";

/**
 * How the tokens of GitHub, GitLab, npm, AWS and Slack begin, with enough behind it to be one, and private keys. Source:
 * docs.github.com, "GitHub's token formats"; docs.gitlab.com, "Token prefixes"; docs.npmjs.com, "About access tokens";
 * AWS IAM, "Unique identifiers"; api.slack.com, "Token types"; RFC 7468
 */
const token =
  /(?<![A-Za-z0-9])((gh[opsur]|github_pat|npm)_[A-Za-z0-9_]{16}|glpat-[\w-]{16}|AKIA[A-Z0-9]{12}|xox[a-z]-[\w-]{10})|-----BEGIN ([A-Z0-9]+ )*KEY-----/;

const secretName = /(TOKEN|PASSWORD|SECRET|PRIVATE_KEY|API_KEY)$/i;

/** Whether a build argument is meant to be secret, as far as anybody can see. */
export function seemsSecretArgument(name: string, value: string): boolean {
  return token.test(value) || (secretName.test(name) && value !== "");
}

/** What looks like a secret where everybody can read it. The value is never said. */
export function plainSecretWarnings({ name, applications }: Project): readonly string[] {
  return applications.flatMap((application) =>
    [...argumentWarnings(application), ...variableWarnings(application)].map(
      (text) => `${name}/${application.name}: ${text}`,
    ),
  );
}

const revoke = "revoke it if it was a real secret that was committed";

function argumentWarnings({ build: { args, builder } }: Application): readonly string[] {
  const condition = builder === "kaniko" ? " (with `builder: buildkit`)" : "";
  return Object.entries(args)
    .filter(([name, value]) => seemsSecretArgument(name, value))
    .map(
      ([name]) =>
        `\`build.args.${name}\` looks like a secret, and anyone who has the image can read it; enter it in Vault by ` +
        `\`build.secrets\`${condition}, and ${revoke}`,
    );
}

function variableWarnings({ env }: Application): readonly string[] {
  return Object.entries(env)
    .filter(([, value]) => token.test(value))
    .map(
      ([name]) =>
        `\`env.${name}\` looks like a secret, and stands readable in the GitOps repository; use \`secrets\`, and ${revoke}`,
    );
}
