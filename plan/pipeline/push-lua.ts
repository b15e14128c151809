import { isJsonObject, type Json } from "../../model/json";

/**
 * Plain data as Lua writes it. Text consists of the bytes of its UTF-8, and every byte that is not a plain character is
 * written as a number, so that no text ends where Lua would end it.
 */
export function luaText(value: Json): string {
  if (value === null) return "nil";
  if (typeof value === "string") return luaString(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isJsonObject(value)) return `{${Object.entries(value).map(entry).join(",")}}`;
  return `{${value.map(luaText).join(",")}}`;
}

function entry([key, value]: readonly [string, Json]): string {
  return `[${luaString(key)}]=${luaText(value)}`;
}

function luaString(text: string): string {
  return `"${Array.from(new TextEncoder().encode(text), luaByte).join("")}"`;
}

function luaByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[ -~]/.test(character) && !/["\\]/.test(character) ? character : `\\${String(byte).padStart(3, "0")}`;
}
