import * as pulumi from "@pulumi/pulumi";

/** The outputs of a stack of this project, the running one included: those of its last run. */
export function stackReference(stack: string): pulumi.StackReference {
  return new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`);
}
