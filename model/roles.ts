/** What a stack is for. The order is the order in which the stacks of a cluster are made. */
export const roleNames = ["platform", "vault", "projects"] as const;

export type RoleName = (typeof roleNames)[number];
