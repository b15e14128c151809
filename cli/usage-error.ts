/** The command line asks for something that cannot be done. Its message is all that the person needs. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
