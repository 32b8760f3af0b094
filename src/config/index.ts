/**
 * Every setting once: name, flag, environment variable, default, sentence. The only reader of the environment.
 * Deliberately not here: what a setting does; and no setting is read anywhere else, it is passed on.
 * Start with settings.ts.
 */
export { readConfig } from "./read-config.ts";
export type { Config, Flags } from "./read-config.ts";
export { SETTINGS } from "./settings.ts";
export type { Setting } from "./setting.ts";
export type { SettingName } from "./settings.ts";
