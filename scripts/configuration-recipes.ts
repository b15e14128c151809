/** What takes more than one key, with its commands: the end of the configuration's reference. */
export const configurationRecipes = `## A GitHub App instead of a token

An owner has a token or an App, not both. Register the App under Settings, Developer settings, GitHub Apps, without a webhook, with the
repository permissions Administration, Contents and Webhooks (read and write) and Metadata (read). Its page shows the App ID and makes a
private key, a PEM file. Install it for all repositories of the owner, if it shall make new ones; the number at the end of the
installation's address is its id. GitHub lets an App make repositories for an organisation only: under a user's account, either take a
token, or make the repositories yourself and say \`mode: adopt\` or \`mode: use\`, also for \`idp:gitOps\`.

\`\`\`sh
pulumi config set --path 'idp:github.apps.myorg.id' 123456 --stack homelab-projects
pulumi config set --path 'idp:github.apps.myorg.installationId' 7654321 --stack homelab-projects
pulumi config set --secret --path 'idp:githubAppKeys.myorg' --stack homelab-projects < my-app.private-key.pem
\`\`\`

Then delete the file; GitHub makes another key when you need one.

## Rulesets and GitHub's free plan

GitHub has rulesets for public repositories with every plan, for private ones with a paid plan. Without one, \`up\` would stop at the
ruleset of the GitOps repository, which is made private. Leave that out before the first \`up\`, and nothing but your care keeps its branch
from being rewritten; in a project's file the same is \`repository.ruleset\`, which is off by default.

\`\`\`sh
pulumi config set --path 'idp:gitOps.ruleset' false --stack homelab-projects
\`\`\`

## Certificates that the internet trusts

With \`lab-ca\` a host is trusted by those alone who trust the cluster's own certificate authority. GitHub does not, and delivers no webhook
to it; a visitor's browser shows a warning. For both, let an ACME server sign:

\`\`\`sh
pulumi config set --path 'idp:tls.mode' acme --stack homelab
pulumi config set --path 'idp:tls.email' me@example.com --stack homelab
pulumi config set --path 'idp:tls.challenge.type' cloudflare --stack homelab
pulumi config set --secret idp:acmeDnsToken --stack homelab   # asks for the token
\`\`\`

The token may edit the zones of all hosts: those below \`idp:domain\`, \`idp:webhookHost\`, and the domains of the applications. The challenge
\`http01\` needs no token, but the internet must reach all these hosts by plain http, the user interfaces too.

## Another Vault opens this one

With \`idp:vault.unseal.mode: transit\` ([what it means](vault.md#who-opens-it-after-a-restart)), to be set before the first \`up\`. In the other Vault, with
a token that may do this:

\`\`\`sh
vault secrets enable transit
vault write -f transit/keys/idp
vault policy write idp-unseal - <<'END'
path "transit/encrypt/idp" { capabilities = ["update"] }
path "transit/decrypt/idp" { capabilities = ["update"] }
END
vault token create -orphan -period=768h -policy=idp-unseal -field=token   # prints the token
\`\`\`

\`\`\`sh
pulumi config set --path idp:vault.unseal.mode transit --stack homelab
pulumi config set --path idp:vault.unseal.transit.address https://vault.other.example --stack homelab
pulumi config set --path idp:vault.unseal.transit.key idp --stack homelab
pulumi config set --secret idp:vaultTransitToken --stack homelab   # asks for the token
\`\`\`

This Vault renews the token by itself for as long as it runs; after more than 768 hours without it the token is void. Then set another one in the same way, run
\`pulumi up\` and delete the pod \`vault-0\`. The certificate of the other Vault has to be one that the image of this one trusts, so not of your own
authority. Never delete the key there.

## Snapshots in a store that speaks S3

The bucket must be there. The key of the cluster needs \`s3:PutObject\` for \`vault/*\` in it and nothing else: whoever steals it can then neither read nor
remove a snapshot. It could overwrite one, so let the store keep versions. The platform removes nothing from the bucket: give it a rule that removes what
is old.

\`\`\`sh
pulumi config set --path idp:backups.s3.endpoint https://s3.lab.example --stack homelab
pulumi config set --path idp:backups.s3.bucket idp-backups --stack homelab
pulumi config set --path idp:backups.s3.region us-east-1 --stack homelab
pulumi config set --secret idp:backupsAccessKey --stack homelab   # asks for the key
pulumi config set --secret idp:backupsSecretKey --stack homelab
\`\`\`

Then \`pulumi up --stack homelab\`, and [make one now](vault-restore.md#a-snapshot-now-and-a-copy-of-one-here): its log says that it was copied. Each is
\`vault/vault-TIME.snap\` in the bucket. The store's certificate has to be one that Node trusts, so not of your own authority.
`;
