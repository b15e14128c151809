/** Lua 5.3 in JavaScript: of its C interface only what tests call. Source: https://www.lua.org/manual/5.3/manual.html */
declare module "fengari" {
  export interface LuaState {
    readonly id: number;
  }

  type LuaFunction = (state: LuaState) => number;

  export const lua: {
    readonly LUA_OK: number;
    readonly LUA_TNIL: number;
    readonly LUA_TBOOLEAN: number;
    readonly LUA_TNUMBER: number;
    readonly LUA_TSTRING: number;
    readonly LUA_TTABLE: number;
    lua_call(state: LuaState, args: number, results: number): void;
    lua_createtable(state: LuaState, list: number, fields: number): void;
    lua_gettop(state: LuaState): number;
    lua_next(state: LuaState, index: number): number;
    lua_pcall(state: LuaState, args: number, results: number, handler: number): number;
    lua_pop(state: LuaState, count: number): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    lua_pushcfunction(state: LuaState, value: LuaFunction): void;
    lua_pushnil(state: LuaState): void;
    lua_pushnumber(state: LuaState, value: number): void;
    lua_pushstring(state: LuaState, value: Uint8Array): void;
    lua_rawset(state: LuaState, index: number): void;
    lua_rawseti(state: LuaState, index: number, position: number): void;
    lua_setglobal(state: LuaState, name: Uint8Array): void;
    lua_toboolean(state: LuaState, index: number): boolean;
    lua_tonumber(state: LuaState, index: number): number;
    lua_tostring(state: LuaState, index: number): Uint8Array;
    lua_type(state: LuaState, index: number): number;
  };

  export const lauxlib: {
    luaL_loadbuffer(state: LuaState, text: Uint8Array, length: number, name: Uint8Array): number;
    luaL_newstate(): LuaState;
  };

  export const lualib: {
    luaL_openlibs(state: LuaState): void;
  };
}
