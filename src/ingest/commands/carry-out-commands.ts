import type { ChainSource } from "#chain";
import { AppError, type Logger, messageOf } from "#lib";
import {
  answerAbandoned,
  answerCommand,
  type CommandAnswer,
  type Connection,
  type Database,
  removeOldCommands,
  takeCommand,
  type TakenCommand,
  watchCommands,
} from "#store";
import { atNews } from "../at-news.ts";
import { commandAbandoned, notSimulated, unknownCommand } from "./errors.ts";

type CarryOutOptions = {
  readonly db: Database;
  readonly connection: Connection;
  readonly source: ChainSource;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** Who asked for what, and what came of it, can be read for so long. */
const KEPT_DAYS = 90;
const REMOVE_EVERY_MS = 3_600_000;

/**
 * Carries out what is asked of whoever reads the source, one after the other, until the signal is aborted. One per
 * database, as there is one live ingest.
 */
export async function carryOutCommands(options: CarryOutOptions): Promise<void> {
  const { connection, logger, signal } = options;
  let removedAt = -Infinity;
  await atNews({
    listen: (onChange) => watchCommands({ connection, logger, onChange }),
    work: async () => {
      const removes = performance.now() - removedAt >= REMOVE_EVERY_MS;
      if (removes) removedAt = performance.now();
      await withDatabase(logger, async () => {
        if (removes) await removeOldCommands(options.db, { olderThanDays: KEPT_DAYS });
        await carryOutWaiting(options);
      });
    },
    signal,
  });
}

/** The database may be away for a moment, or for long: then what stores the blocks ends the role. */
async function withDatabase(logger: Logger, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn({ reason: messageOf(error) }, "commands are not answered; trying again");
  }
}

async function carryOutWaiting({ db, source, logger, signal }: CarryOutOptions): Promise<void> {
  const { code, message } = commandAbandoned();
  const abandoned = await answerAbandoned(db, { code, message });
  if (abandoned > 0) logger.warn({ abandoned }, message);
  while (!signal.aborted) {
    const command = await takeCommand(db);
    if (command === undefined) return;
    const answer = await answerTo(command, source);
    await answerCommand(db, command.id, answer);
    const { id, kind, actor } = command;
    logger.info({ id, kind, actor, arguments: command.arguments, answer }, "command");
  }
}

/** Whatever is wrong with a command is told to who asked, and no reason to end. */
async function answerTo(command: TakenCommand, source: ChainSource): Promise<CommandAnswer> {
  try {
    return { result: await carryOut(command, source) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : "INGEST_COMMAND_FAILED";
    return { error: { code, message: messageOf(error) } };
  }
}

function carryOut(command: TakenCommand, source: ChainSource) {
  const kind: string = command.kind;
  if (command.kind !== "simnet.event") throw unknownCommand(kind);
  if (source.kind === "set" || source.stageEvent === undefined) throw notSimulated(source.name);
  return source.stageEvent(command.arguments);
}
