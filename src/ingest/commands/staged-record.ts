import type { StagedRecord } from "#chain";
import { type Database, listStagedEvents, saveStagedEvent } from "#store";

/** What people staged on the simulated chain of a database, kept beside its blocks. */
export function stagedRecordOf(db: Database): StagedRecord {
  return {
    list: () => listStagedEvents(db),
    append: (event, position) => saveStagedEvent(db, event, position),
  };
}
