import { InputError, type Problem } from "../model/input-error";

/** Gathers the problems of several inputs, so that a person sees all of them at once. */
export class ProblemList {
  readonly #problems: Problem[];

  constructor(problems: readonly Problem[]) {
    this.#problems = [...problems];
  }

  add(...problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  /** The result of a check, or undefined when it found problems. */
  collect<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#problems.push(...error.problems);
      return undefined;
    }
  }

  throwIfAny(): void {
    if (this.#problems.length > 0) throw new InputError(this.#problems);
  }
}
