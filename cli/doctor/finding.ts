/** One thing that was looked at. */
export interface Finding {
  readonly status: "ok" | "wrong" | "unknown";
  /** What was found. */
  readonly text: string;
  /** What to do about it. Commands stand between backticks. */
  readonly remedy?: string;
  /** What a program of the cluster said about it, line by line. */
  readonly said?: readonly string[];
}

export function ok(text: string): Finding {
  return { status: "ok", text };
}

export function wrong(text: string, remedy: string, said: readonly string[] = []): Finding {
  return { status: "wrong", text, remedy, said };
}

export function unknown(text: string, remedy?: string, said: readonly string[] = []): Finding {
  return { status: "unknown", text, said, ...(remedy === undefined ? {} : { remedy }) };
}
