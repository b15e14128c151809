import type { RoleName } from "../model/roles";
import type { PlatformSettings } from "../model/platform-settings";
import type { ComponentPlan } from "./planned-resource";
import type { ProjectPlan } from "./projects/project-plan";

/** Everything that one stack makes. */
export interface StackPlan {
  /** Name of the stack, such as `homelab-projects`. */
  readonly stack: string;
  readonly role: RoleName;
  readonly components: readonly ComponentPlan[];
  /** The projects of a `projects` stack, sorted by name; each has its component in `components`. */
  readonly projects: readonly ProjectPlan[];
  /** One sentence each, about the stack as a whole. */
  readonly warnings: readonly string[];
  /** The entries of `idp:giveUp`, which only a projects stack has: what may leave its plan. */
  readonly giveUp?: readonly string[];
}

/** A cluster: its platform stack and the stacks that name it. */
export interface ClusterPlan {
  /** Name of the platform stack, such as `homelab`. */
  readonly cluster: string;
  /** Context of the kubeconfig that the stacks use. */
  readonly context: string;
  /** One node, and how many there are. */
  readonly node: PlatformSettings["node"];
  /** The platform first, then the stacks that need it. */
  readonly stacks: readonly StackPlan[];
}
