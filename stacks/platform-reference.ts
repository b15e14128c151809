import * as pulumi from "@pulumi/pulumi";
import { platformOutputNames, platformOutputs, type PlatformOutputs } from "../model/platform-outputs";
import { stackReference } from "./stack-reference";

/** What the platform stack of the same cluster tells, as plain data that is known before the first resource. */
export async function readPlatformOutputs(platform: string): Promise<PlatformOutputs> {
  const details = await stackReference(platform).getOutputDetails(platformOutputNames.public);
  const value: unknown = details.value;
  if (value === undefined) {
    throw new pulumi.RunError(
      `the stack ${platform} has no output \`${platformOutputNames.public}\`; run \`pulumi up --stack ${platform}\` first`,
    );
  }
  const parsed = platformOutputs.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new pulumi.RunError(
    `the stack ${platform} was made by another version of this program; run \`pulumi up --stack ${platform}\` first`,
  );
}
