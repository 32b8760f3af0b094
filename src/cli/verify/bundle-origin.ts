import { readFile } from "node:fs/promises";
import { type InsightBundle, parseBundle } from "#insights";
import { AppError, messageOf } from "#lib";
import { type Database, findBundle } from "#store";

/** @throws AppError where the file cannot be read, or is no whole bundle: what and where */
export async function readBundle(file: string, id: string | undefined): Promise<InsightBundle> {
  const parsed = parseBundle(await textOf(file));
  if ("fault" in parsed) throw badBundle(file, parsed.fault);
  const { bundle } = parsed;
  if (id !== undefined && bundle.insight.id !== id) throw badBundle(file, `it is of insight ${bundle.insight.id}`);
  return bundle;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw badBundle(file, `it cannot be read: ${messageOf(error)}`, error);
  }
}

function badBundle(file: string, fault: string, cause?: unknown): AppError {
  return new AppError("CLI_BUNDLE_INVALID", `${file} is no bundle to check by: ${fault}`, { cause });
}

/** @throws AppError where there is no such insight, or its block left the chain */
export async function bundleOfStore(db: Database, id: string): Promise<InsightBundle> {
  const found = await findBundle(db, id);
  if (found === undefined) throw new AppError("CLI_INSIGHT_UNKNOWN", `There is no insight ${id} in this database.`);
  if (found.found === "bundle") return found.bundle;
  const { height, blockHash, status, statusReason } = found.insight;
  const why = statusReason === null ? "" : ` (${statusReason})`;
  const message = `Insight ${id} is ${status}${why}: block ${height} (${blockHash}) is not stored any more, and its rows went with it.`;
  throw new AppError("CLI_INSIGHT_BLOCK_GONE", message);
}
