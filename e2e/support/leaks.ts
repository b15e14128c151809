/** Where a text turns up in plain data, such as `deployment.resources.12.outputs.values.password`. */
export function placesOf(text: string, data: unknown, path = ""): readonly string[] {
  if (typeof data === "string") return data.includes(text) ? [path] : [];
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, item]) => placesOf(text, item, path === "" ? key : `${path}.${key}`));
}
