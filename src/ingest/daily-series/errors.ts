import { AppError } from "#lib";

export function seriesFileUnreadable(path: string, reason: string, cause: unknown): AppError {
  return new AppError("INGEST_SERIES_FILE", `cannot read the series ${path}: ${reason}`, { cause });
}

/** Where something is wrong with the contents; `line` counts from 1. */
export type SeriesPlace = { readonly path: string; readonly line: number; readonly column?: string };

export function badSeries({ path, line, column }: SeriesPlace, reason: string): AppError {
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
  return new AppError("INGEST_SERIES_FILE", `${path}, ${place}: ${reason}`, {
    details: { path, line, ...(column !== undefined && { column }) },
  });
}
