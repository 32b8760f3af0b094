import { readUserFile } from "../csv-files/read-user-file.ts";
import { seriesFileUnreadable } from "./errors.ts";
import { type DailySeries, parseDailySeries, type SeriesReading } from "./parse-daily-series.ts";

/**
 * Reads a daily series of a file.
 * @throws AppError with file, line and column
 */
export async function readDailySeries(reading: Omit<SeriesReading, "text">): Promise<DailySeries> {
  const bytes = await readUserFile(reading.path, seriesFileUnreadable);
  return parseDailySeries({ ...reading, text: bytes.toString("utf8") });
}
