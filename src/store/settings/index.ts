/** Settings that were made on the page; secrets come and go sealed. */
export { readSettings, saveSettings, type SettingChange, type StoredSetting } from "./settings.ts";
