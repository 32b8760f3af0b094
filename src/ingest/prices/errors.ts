import { AppError, codeOf, messageOf } from "#lib";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it does not exist",
  EACCES: "permission denied",
};

export function priceFileUnreadable(path: string, cause: unknown): AppError {
  const reason = REASONS[codeOf(cause) ?? ""] ?? messageOf(cause);
  return new AppError("INGEST_PRICE_FILE", `cannot read the price file ${path}: ${reason}`, { cause });
}

/** What is wrong with the contents; `line` counts from 1. */
export function badPriceFile(path: string, line: number, reason: string): AppError {
  return new AppError("INGEST_PRICE_FILE", `${path}, line ${line}: ${reason}`, { details: { path, line } });
}
