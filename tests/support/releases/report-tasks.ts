import { runInNewContext } from "node:vm";
import { at } from "../at";

/** How a step ends; one that is not there is skipped. */
export type Ends = Readonly<Record<string, "Succeeded" | "Failed" | "Errored">>;

interface Report {
  readonly state: string;
  readonly mode: string;
}

/** A task that runs, with its arguments as the controller puts them in. */
export interface Task {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * The tasks of a Workflow's entrypoint that run for a report. What conditions of expr have in common with JavaScript is all
 * that they use; a task without `depends` waits for none.
 */
export function tasksOf(template: unknown, report: Report, ends: Ends = {}): readonly Task[] {
  const tasks = list(at(template, "spec", "templates", 0, "dag", "tasks"));
  const workflow = { parameters: report };
  const run = tasks.filter((task) => {
    const [when, depends] = [text(at(task, "when")), text(at(task, "depends"))];
    const wanted = when === "" || evaluate(/^\{\{=(.*)\}\}$/s.exec(when)?.[1] ?? "false", { workflow }) === true;
    return wanted && (depends === "" || evaluate(variable(depends), endsOf(tasks, ends)) === true);
  });
  return run.map((task) => ({
    name: text(at(task, "name")),
    values: Object.fromEntries(
      list(at(task, "arguments", "parameters")).map((parameter) => [
        text(at(parameter, "name")),
        text(at(parameter, "value")).replaceAll(/\{\{=(.*?)\}\}/g, (_, code: string) =>
          String(evaluate(code, { workflow })),
        ),
      ]),
    ),
  }));
}

function endsOf(tasks: readonly unknown[], ends: Ends): object {
  const names = tasks.map((task) => text(at(task, "name")));
  return Object.fromEntries(names.map((name) => [variable(name), { [ends[name] ?? "Skipped"]: true }]));
}

/** Names of tasks may have hyphens. */
function variable(code: string): string {
  return code.replaceAll("-", "_");
}

function evaluate(code: string, context: object): unknown {
  const value: unknown = runInNewContext(code, { ...context });
  return value;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Fields of an object; none of what is no object. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
