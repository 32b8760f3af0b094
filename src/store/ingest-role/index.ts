/** That one process ingests, and what it says about itself. */
export { type Heartbeat, readHeartbeats, writeHeartbeat } from "./heartbeats.ts";
export { holdIngestLock } from "./ingest-lock.ts";
export type { IngestState, SourceQuiet } from "./ingest-state.ts";
