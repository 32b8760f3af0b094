/**
 * A list of sources as one: used is the first that works, and a switch leaves no trace in the blocks.
 * Deliberately not here: the sources themselves, and how a list is written in the settings.
 * Start with failover-source.ts; what is checked when stands in check-health.ts.
 */
export { openFailover } from "./failover-source.ts";
export type { SourceSwitch } from "./failover-state.ts";
