import { readFile, stat } from "node:fs/promises";
import { seriesFileUnreadable } from "./errors.ts";
import { type DailySeries, parseDailySeries, type SeriesReading } from "./parse-daily-series.ts";

/** A hundred columns over a hundred years have 40 MB. */
const LARGEST = 64_000_000;

/**
 * Reads a daily series of a file.
 * @throws AppError with file, line and column
 */
export async function readDailySeries(reading: Omit<SeriesReading, "text">): Promise<DailySeries> {
  return parseDailySeries({ ...reading, text: await readText(reading.path) });
}

async function readText(path: string): Promise<string> {
  try {
    const file = await stat(path);
    if (!file.isFile()) throw new Error("it is no file");
    if (file.size > LARGEST) throw new Error(`it has ${file.size.toLocaleString("en-US")} bytes`);
    return await readFile(path, "utf8");
  } catch (error) {
    throw seriesFileUnreadable(path, error);
  }
}
