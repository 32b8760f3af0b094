import { AppError } from "#lib";

export function unknownJob(id: number): AppError {
  return new AppError("STORE_BACKFILL_UNKNOWN", `There is no backfill ${id}.`);
}

export function wrongState(id: number, status: string, wanted: string): AppError {
  return new AppError("STORE_BACKFILL_STATE", `Backfill ${id} is ${status}, so it cannot be ${wanted}.`);
}

export function badRange(message: string): AppError {
  return new AppError("STORE_BACKFILL_RANGE", message);
}

export function missingBlock(height: number): AppError {
  const message = `The features of block ${height} are missing on the way to the stored chain: read it first (utxoiq backfill retry, or without --only signals).`;
  return new AppError("STORE_BACKFILL_GAP", message, { details: { height } });
}

export function otherBlock(height: number, hash: string): AppError {
  const message = `The source's block ${height} (${hash}) is not the one that is stored: the source is on another branch, or was.`;
  return new AppError("STORE_BACKFILL_OTHER_BLOCK", message, { retryable: true, details: { height, hash } });
}
