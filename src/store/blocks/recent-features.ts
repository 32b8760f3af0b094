import type { BlockFeatures } from "#features";
import type { Database } from "../database/schema.ts";
import { featuresOfRow } from "./block-rows.ts";

/** The newest connected blocks, ascending by height: what detectors look back on. */
export async function listRecentFeatures(db: Database, limit: number): Promise<readonly BlockFeatures[]> {
  const rows = await db
    .selectFrom("block_headers")
    .innerJoin("block_features", "block_features.blockhash", "block_headers.hash")
    .selectAll("block_features")
    .where("block_headers.connected", "=", true)
    .orderBy("block_headers.height", "desc")
    .limit(limit)
    .execute();
  return rows.map(featuresOfRow).reverse();
}
