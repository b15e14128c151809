import { constants } from "node:os";

/** Signals that end a command, and after which there is still something to take away. */
export const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type EndingSignal = (typeof endingSignals)[number];

/** What a shell makes of a process that a signal ended. */
export function signalCode(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** A signal came before there was a command to hand it to. */
export class Interrupted extends Error {
  constructor(readonly signal: EndingSignal) {
    super(`ended by ${signal}`);
    this.name = "Interrupted";
  }
}

/** What is needed of a process that runs. */
export interface Running {
  readonly once: (event: "exit", listener: () => void) => unknown;
  readonly kill: (signal: NodeJS.Signals) => boolean;
}

/** Hands the signals that arrive to the process that runs, and keeps this one alive to clean up after it. */
export class Interrupts {
  #received: EndingSignal | undefined;
  #child: Running | undefined;

  /**
   * `terminal`: Ctrl-C has reached the command already, since a terminal sends it to all that run in it. A second one
   * would make `pulumi` stop without saving what it did.
   */
  constructor(readonly terminal: boolean) {}

  readonly take = (signal: EndingSignal): void => {
    this.#received ??= signal;
    if (signal !== "SIGINT" || !this.terminal) this.#child?.kill(signal);
  };

  /** From now on signals go to this one. */
  readonly follow = (child: Running): void => {
    this.#child = child;
    child.once("exit", () => {
      if (this.#child === child) this.#child = undefined;
    });
  };

  /** Throws where a signal has arrived. */
  check(): void {
    if (this.#received !== undefined) throw new Interrupted(this.#received);
  }
}
