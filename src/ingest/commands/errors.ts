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
