import { lauxlib, lua, lualib, type LuaState } from "fengari";
import { isJsonObject, type Json } from "../../../model/json";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Files that a script reaches, by their whole path. */
export type LuaFiles = Readonly<Record<string, string>>;

/**
 * What a script returns, with an event as the global that Argo Events sets. A fault of the script is thrown. Numbers, lists
 * and what is null become what they become there. Source: argo-events pkg/sensors/dependencies/transform.go
 */
export function runLua(script: string, event: Json, files: LuaFiles = {}): Json {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  lua.lua_pushcfunction(state, (inner) => readFile(inner, files));
  lua.lua_setglobal(state, encoder.encode("dofile"));
  pushValue(state, event);
  lua.lua_setglobal(state, encoder.encode("event"));
  load(state, script, "script");
  if (lua.lua_pcall(state, 0, 1, 0) !== lua.LUA_OK) throw new Error(textAt(state, -1));
  return valueAt(state, lua.lua_gettop(state));
}

/** `dofile`, without a disk. */
function readFile(state: LuaState, files: LuaFiles): number {
  const path = textAt(state, 1);
  const text = files[path];
  if (text === undefined) throw new Error(`there is no file ${path}`);
  load(state, text, path);
  lua.lua_call(state, 0, 1);
  return 1;
}

function load(state: LuaState, text: string, name: string): void {
  const bytes = encoder.encode(text);
  const loaded = lauxlib.luaL_loadbuffer(state, bytes, bytes.length, encoder.encode(name));
  if (loaded !== lua.LUA_OK) throw new Error(textAt(state, -1));
}

function pushValue(state: LuaState, value: Json): void {
  if (value === null) lua.lua_pushnil(state);
  else if (typeof value === "string") lua.lua_pushstring(state, encoder.encode(value));
  else if (typeof value === "number") lua.lua_pushnumber(state, value);
  else if (typeof value === "boolean") lua.lua_pushboolean(state, value);
  else if (isJsonObject(value)) pushFields(state, Object.entries(value));
  else pushList(state, value);
}

function pushFields(state: LuaState, entries: readonly (readonly [string, Json])[]): void {
  lua.lua_createtable(state, 0, entries.length);
  for (const [key, value] of entries) {
    lua.lua_pushstring(state, encoder.encode(key));
    pushValue(state, value);
    lua.lua_rawset(state, -3);
  }
}

/** Lists in lists and what is null are left out. */
function pushList(state: LuaState, items: readonly Json[]): void {
  lua.lua_createtable(state, items.length, 0);
  const kept = items.filter((item) => item !== null && (typeof item !== "object" || isJsonObject(item)));
  kept.forEach((item, index) => {
    pushValue(state, item);
    lua.lua_rawseti(state, -2, index + 1);
  });
}

function valueAt(state: LuaState, index: number): Json {
  switch (lua.lua_type(state, index)) {
    case lua.LUA_TNIL:
      return null;
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, index);
    case lua.LUA_TNUMBER:
      return lua.lua_tonumber(state, index);
    case lua.LUA_TSTRING:
      return textAt(state, index);
    case lua.LUA_TTABLE:
      return tableAt(state, index);
    default:
      throw new Error("a script returns data");
  }
}

/** A table with a first item is a list. */
function tableAt(state: LuaState, index: number): Json {
  const entries: [Json, Json][] = [];
  lua.lua_pushnil(state);
  while (lua.lua_next(state, index) !== 0) {
    const top = lua.lua_gettop(state);
    entries.push([valueAt(state, top - 1), valueAt(state, top)]);
    lua.lua_pop(state, 1);
  }
  const items = entries.filter(([key]) => typeof key === "number");
  if (items.length === 0)
    return Object.fromEntries(
      entries.map(([key, value]) => [typeof key === "string" ? key : JSON.stringify(key), value]),
    );
  return items.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

function textAt(state: LuaState, index: number): string {
  return decoder.decode(lua.lua_tostring(state, index));
}
