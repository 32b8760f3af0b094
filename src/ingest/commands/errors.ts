import { AppError } from "#lib";

export function notSimulated(source: string): AppError {
  return new AppError("INGEST_NOT_SIMULATED", `${source} is no simulated network, so no event can be staged on it.`);
}

/** A newer program asked. */
export function unknownCommand(kind: string): AppError {
  return new AppError("INGEST_UNKNOWN_COMMAND", `The ingest that runs here does not know the command ${kind}.`);
}

/** Who took it was killed, or lost the database before it could answer. */
export function commandAbandoned(): AppError {
  const message =
    "The ingest that took the command ended before it answered; it may have been carried out all the same.";
  return new AppError("INGEST_COMMAND_ABANDONED", message);
}

export function sourceNotOpen(): AppError {
  return new AppError("INGEST_SOURCE_NOT_OPEN", "The source does not answer yet, so it cannot be asked.", {
    retryable: true,
  });
}

export function sourceSlow(durationMs: number): AppError {
  return new AppError("INGEST_SOURCE_SLOW", `No answer came within ${durationMs / 1_000} s.`, { retryable: true });
}

/** Nothing here knows how to begin anew. */
export function noSetUp(): AppError {
  return new AppError("INGEST_NO_SETUP", "The ingest that runs here cannot be given another source.");
}

export function sourceFixed(): AppError {
  const message =
    "--source or UTXOIQ_SOURCE names the source of this process, and counts before any choice; start it without.";
  return new AppError("INGEST_SOURCE_FIXED", message);
}

export function sealedElsewhere(): AppError {
  const message =
    "The api and the ingest have different instance keys, so what one seals the other cannot open; give both the same UTXOIQ_INSTANCE_KEY.";
  return new AppError("INGEST_SEALED_ELSEWHERE", message);
}

export function otherChain(held: string, asked: string): AppError {
  const message = `This database holds blocks of ${held}, and that source has another chain, of ${asked}; it needs a data directory of its own: start with --data <directory> --source <source>.`;
  return new AppError("INGEST_OTHER_CHAIN", message);
}

export function startHeightUnknown(source: string): AppError {
  const message = `Where to start cannot be chosen for ${source}: its tip is not known before it is read.`;
  return new AppError("INGEST_START_HEIGHT", message);
}

export function startHeightOutside(height: number, lowest: number, tip: number): AppError {
  const message = `Block ${height} is not there to start with: the source has ${lowest} to ${tip}.`;
  return new AppError("INGEST_START_HEIGHT", message);
}
