import type { SettingName } from "#config";

/** Of whoever opens a database. */
export const DATABASE_SETTINGS: readonly SettingName[] = ["data", "databaseUrl", "logLevel"];

/** Of whoever opens the database of a network. */
export const STORE_SETTINGS: readonly SettingName[] = ["source", "network", ...DATABASE_SETTINGS];

export const PRICE_SETTINGS: readonly SettingName[] = ["prices", "priceCurrency"];
