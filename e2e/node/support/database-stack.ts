import { databaseComponent, projectName } from "./database-project";
import { NodeStack } from "./node-stack";

/** A stack of the engine with nothing but the databases of one project. */
export class DatabaseStack extends NodeStack {
  constructor() {
    super(projectName, databaseComponent);
  }
}
