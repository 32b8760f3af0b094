/** How the program does and did: its own samples, signals and insights over time; what of it goes when it is old. */
export { ping } from "../database/ping.ts";
export { type DiskUse, measureDisk } from "./disk.ts";
export { type Processing, readProcessing, saveProcessing } from "./processing.ts";
export { type QueueState, readQueue } from "./queue.ts";
export { type InsightPoint, readInsightMetrics, readSignalMetrics, type SignalPoint } from "./processing-metrics.ts";
export { dropOldEvents } from "../published/drop-old-events.ts";
export { type OldFamily, removeOld } from "./remove-old.ts";
export { listRetention, noteRetention, type RetentionRun } from "./retention-runs.ts";
export { readSystemMetrics, rollUpSystemMetrics, saveSystemSample } from "./system-metrics.ts";
export type { SystemPoint, SystemSample } from "./system-metrics.ts";
