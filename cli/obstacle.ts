/** Something outside of the program stands in the way. Its message is one sentence: what is wrong; what to do. */
export class Obstacle extends Error {
  constructor(
    message: string,
    /** What the program ends with. */
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = "Obstacle";
  }
}
