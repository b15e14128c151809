import * as pulumi from "@pulumi/pulumi";
import {
  platformOutputNames,
  platformOutputs,
  type PlatformOutputs,
  type PlatformSecretOutput,
  platformSecretOutputs,
} from "../model/platform-outputs";
import { stackReference } from "./stack-reference";

/** All that a platform stack tells. */
export interface Platform {
  readonly outputs: PlatformOutputs;
  readonly secrets: Readonly<Record<PlatformSecretOutput, pulumi.Output<string>>>;
}

/** What the platform stack of the same cluster tells, as plain data that is known before the first resource. */
export async function readPlatformOutputs(platform: string): Promise<PlatformOutputs> {
  return publicOutputs(platform, stackReference(platform));
}

/** The same with the secrets, which nobody sees in plain text but the resources that they are put into. */
export async function readPlatform(platform: string): Promise<Platform> {
  const reference = stackReference(platform);
  return { outputs: await publicOutputs(platform, reference), secrets: await secretOutputs(platform, reference) };
}

async function publicOutputs(platform: string, reference: pulumi.StackReference): Promise<PlatformOutputs> {
  const details = await reference.getOutputDetails(platformOutputNames.public);
  const value: unknown = details.value;
  if (value === undefined) {
    throw new pulumi.RunError(
      `the stack ${platform} has no output \`${platformOutputNames.public}\`; run \`pulumi up --stack ${platform}\` first`,
    );
  }
  const parsed = platformOutputs.safeParse(value);
  if (parsed.success) return parsed.data;
  throw otherVersion(platform);
}

async function secretOutputs(platform: string, reference: pulumi.StackReference): Promise<Platform["secrets"]> {
  const details = await reference.getOutputDetails(platformOutputNames.secret);
  const parsed = platformSecretOutputs.safeParse(details.secretValue);
  if (!parsed.success) throw otherVersion(platform);
  const { argoCdAdminPassword, argoCdWebhookSecret, harborAdminPassword } = parsed.data;
  return {
    argoCdAdminPassword: pulumi.secret(argoCdAdminPassword),
    argoCdWebhookSecret: pulumi.secret(argoCdWebhookSecret),
    harborAdminPassword: pulumi.secret(harborAdminPassword),
  };
}

/** Only what is wrong is told, and no value. */
function otherVersion(platform: string): pulumi.RunError {
  return new pulumi.RunError(
    `the stack ${platform} was made by another version of this program; run \`pulumi up --stack ${platform}\` first`,
  );
}
