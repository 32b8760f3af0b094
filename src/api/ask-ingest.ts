import { AppError } from "#lib";
import { commands, type Database, readHeartbeats } from "#store";
import { isSilent } from "./measure-status.ts";

type Question<Kind extends commands.CommandKind> = Parameters<typeof commands.askCommand<Kind>>[1];
type Result<Kind extends commands.CommandKind> = commands.CommandTypes[Kind]["result"];

/**
 * Asks whoever reads blocks; nobody waits for one that has been silent for long.
 * @throws AppError STORE_COMMAND_EXPIRED where it is, and what it answers where that is an error
 */
export async function askIngest<Kind extends commands.CommandKind>(
  db: Database,
  question: Question<Kind>,
  signal: AbortSignal,
): Promise<Result<Kind>> {
  const heartbeat = (await readHeartbeats(db)).find(({ role }) => role === "ingest");
  if (heartbeat === undefined || isSilent(heartbeat))
    throw new AppError("STORE_COMMAND_EXPIRED", "ingest is not running, so nobody can be asked.", { retryable: true });
  return commands.askCommand(db, question, signal);
}
