import type { components } from "./api-types.ts";

type Schemas = components["schemas"];

export type BackfillList = Schemas["BackfillList"];
export type ClientMessage = Schemas["ClientMessageInput"];
export type ForecastList = Schemas["ForecastList"];
export type MempoolNow = Schemas["MempoolNow"];
export type MonitoringStatus = Schemas["MonitoringStatus"];
export type ServerMessage = Schemas["ServerMessage"];
export type StoredEvent = Schemas["StoredEvent"];
