import { AppError } from "#lib";

export function priceFileUnreadable(path: string, reason: string, cause: unknown): AppError {
  return new AppError("INGEST_PRICE_FILE", `cannot read the price file ${path}: ${reason}`, { cause });
}

/** What is wrong with the contents; `line` counts from 1. */
export function badPriceFile(path: string, line: number, reason: string): AppError {
  return new AppError("INGEST_PRICE_FILE", `${path}, line ${line}: ${reason}`, { details: { path, line } });
}
