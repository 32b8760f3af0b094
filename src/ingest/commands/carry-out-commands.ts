import type { ChainSource, EventRequest, StagedAnswer } from "#chain";
import { AppError, type Logger, messageOf } from "#lib";
import { commands, type Connection, type Database } from "#store";
import { atNews } from "../at-news.ts";
import { commandAbandoned, noSetUp, notSimulated, sourceNotOpen, unknownCommand } from "./errors.ts";
import { type SetUp, testSource, useSource } from "./set-up.ts";
import { withinTime } from "./within-time.ts";

type CarryOutOptions = {
  readonly db: Database;
  readonly connection: Connection;
  /** `undefined` while it is waited for: then only another one can be tried and chosen. */
  readonly source: () => ChainSource | undefined;
  /** Absent where no other source can be chosen. */
  readonly setUp?: SetUp | undefined;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** What can be asked without a source. */
const OF_SET_UP: readonly commands.CommandKind[] = ["source.test", "source.use"];

/** A node may take long to find a transaction, and somebody waits. */
const FIND_MS = 3_000;

/**
 * Carries out what is asked of whoever reads the source, one after the other, until the signal is aborted. One per
 * database, as there is one live ingest.
 */
export async function carryOutCommands(options: CarryOutOptions): Promise<void> {
  const { connection, logger, signal } = options;
  await atNews({
    listen: (onChange) => commands.watchCommands({ connection, logger, onChange }),
    work: () => withDatabase(logger, () => carryOutWaiting(options)),
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

async function carryOutWaiting(options: CarryOutOptions): Promise<void> {
  const { db, source, setUp, logger, signal } = options;
  const { code, message } = commandAbandoned();
  const abandoned = await commands.answerAbandoned(db, { code, message });
  if (abandoned > 0) logger.warn({ abandoned }, message);
  while (!signal.aborted) {
    const command = await commands.takeCommand(db, source() === undefined ? OF_SET_UP : undefined);
    if (command === undefined) return;
    const answer = await answerTo(command, options);
    await commands.answerCommand(db, command.id, answer);
    const { id, kind, actor } = command;
    logger.info({ id, kind, actor, arguments: command.arguments, answer }, "command");
    if (kind === "source.use" && "result" in answer) setUp?.onChosen();
  }
}

/** Whatever is wrong with a command is told to who asked, and no reason to end. */
async function answerTo(command: commands.TakenCommand, options: CarryOutOptions): Promise<commands.CommandAnswer> {
  try {
    return { result: await carryOut(command, options) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : "INGEST_COMMAND_FAILED";
    return { error: { code, message: messageOf(error) } };
  }
}

function carryOut(
  command: commands.TakenCommand,
  { db, source: current, setUp, signal }: CarryOutOptions,
): Promise<commands.CommandTypes[commands.CommandKind]["result"]> {
  const kind: string = command.kind;
  switch (command.kind) {
    case "source.test":
      if (setUp === undefined) throw noSetUp();
      return testSource({ db, setUp, signal }, command.arguments);
    case "source.use":
      if (setUp === undefined) throw noSetUp();
      return useSource({ db, setUp, signal }, command.arguments, command.actor);
    case "transaction.find":
      return findTransaction(opened(current()), command.arguments.txid, signal);
    case "simnet.event":
      return stageEvent(opened(current()), command.arguments);
    default:
      throw unknownCommand(kind);
  }
}

function opened(source: ChainSource | undefined): ChainSource {
  if (source === undefined) throw sourceNotOpen();
  return source;
}

async function findTransaction(
  source: ChainSource,
  txid: string,
  signal: AbortSignal,
): Promise<commands.CommandTypes["transaction.find"]["result"]> {
  if (source.kind === "set" || source.findTransaction === undefined) return { found: null, reason: "not-asked" };
  const find = source.findTransaction.bind(source);
  return withinTime(FIND_MS, signal, (untilLate) => find(txid, untilLate));
}

async function stageEvent(source: ChainSource, request: EventRequest): Promise<StagedAnswer> {
  if (source.kind === "set" || source.stageEvent === undefined) throw notSimulated(source.name);
  return source.stageEvent(request);
}
