import { AppError } from "#lib";

export function notSimulated(source: string): AppError {
  return new AppError("INGEST_NOT_SIMULATED", `${source} is no simulated network, so no event can be staged on it.`);
}

/** A newer program asked. */
export function unknownCommand(kind: string): AppError {
  return new AppError("INGEST_UNKNOWN_COMMAND", `The ingest that runs here does not know the command ${kind}.`);
}
