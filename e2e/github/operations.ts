import { accountOperations } from "./account-operations";
import { branchOperations } from "./branch-operations";
import { contentOperations } from "./content-operations";
import { eventOperations } from "./event-operations";
import { hookOperations } from "./hook-operations";
import { keyOperations } from "./key-operations";
import type { Operations } from "./operation";
import { repositoryOperations } from "./repository-operations";
import { rulesetOperations } from "./ruleset-operations";

/** Everything that the stand-in can do. What else is asked of it is a defect. */
export const operations: Operations = {
  ...accountOperations,
  ...repositoryOperations,
  ...hookOperations,
  ...keyOperations,
  ...rulesetOperations,
  ...branchOperations,
  ...contentOperations,
  ...eventOperations,
};
