import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";

/** One resource that an update did something to, such as `create shop.api.secrets`. */
export interface Touched {
  readonly operation: string;
  /** Pulumi's logical name. */
  readonly name: string;
  /** Type with those of its parents. */
  readonly type: string;
}

/** Runs an update or a preview, and says what it did to which resources; what it left alone or only read is left out. */
export async function touchedBy(
  run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<readonly Touched[]> {
  const touched: Touched[] = [];
  await run(({ resourcePreEvent }) => {
    if (!resourcePreEvent || ["same", "read"].includes(resourcePreEvent.metadata.op)) return;
    const [, , type = "", name = ""] = resourcePreEvent.metadata.urn.split("::");
    touched.push({ operation: resourcePreEvent.metadata.op, name, type });
  });
  return touched;
}

/** The moment at which an update begins or ends to do something to a resource. */
export interface Step {
  readonly moment: "begin" | "end";
  /** Pulumi's logical name. */
  readonly name: string;
}

/** In the order in which they happened. */
export async function stepsOf(
  run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  await run(({ resourcePreEvent, resOutputsEvent }) => {
    for (const [moment, event] of [["begin", resourcePreEvent] as const, ["end", resOutputsEvent] as const])
      if (event && !["same", "read"].includes(event.metadata.op))
        steps.push({ moment, name: event.metadata.urn.split("::").at(-1) ?? "" });
  });
  return steps;
}

/** What a preview says that it would do. */
export async function previewed(stack: Stack): Promise<readonly Touched[]> {
  return touchedBy((onEvent) => stack.preview({ onEvent }));
}

/** What a person reads when an update is refused or fails; an update that succeeds is a failure here. */
export async function refusalOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it was expected to be refused");
  return error.message;
}
