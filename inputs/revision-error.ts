/** A git revision that cannot be read. Its message is all that the person needs. */
export class RevisionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RevisionError";
  }
}
