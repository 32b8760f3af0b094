import type { StagedRecord } from "#chain";
import { commands, type Database } from "#store";

/** What people staged on the simulated chain of a database, kept beside its blocks. */
export function stagedRecordOf(db: Database): StagedRecord {
  return {
    list: () => commands.listStagedEvents(db),
    append: (event, position) => commands.saveStagedEvent(db, event, position),
  };
}
