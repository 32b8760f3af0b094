import { AppError } from "#lib";
import { type Database, findNewestSnapshot } from "#store";

/** The mempool as last seen. @throws AppError where none was */
export async function newestSnapshot(db: Database) {
  const snapshot = await findNewestSnapshot(db);
  if (snapshot === undefined)
    throw new AppError("API_MEMPOOL_UNKNOWN", "no mempool was seen: the source tells of none, or nothing came yet");
  return snapshot;
}
