import type { Transaction } from "kysely";
import { invariant } from "#lib";
import { bytesOf } from "../database/hash-column.ts";
import { insertRows } from "../database/insert-rows.ts";
import type { Database, Tables } from "../database/schema.ts";
import { notNextBlock } from "../errors.ts";
import { expectationRows } from "../mempool/block-expectations.ts";
import { publishBlocks } from "../published/publish-blocks.ts";
import { logBlocks } from "../scorecard/log-blocks.ts";
import { type BlockToSave, featuresRow, headerRow, lowRateRows, priceRows } from "./block-rows.ts";
import { signalRows, transferRows } from "./block-rows.ts";
import { type BlockPlace, lockCursor, moveCursor } from "./cursor.ts";
import { quietRows } from "./quiet-blocks.ts";
import { insertFlows } from "./flows/save-flows.ts";
import { undoBlocks } from "./undo-blocks.ts";

export type SaveResult = {
  /** Blocks that were not stored before. */
  readonly saved: number;
  /** The last event that this told the world; `undefined` when there was nothing to tell. */
  readonly lastEventId: number | undefined;
};

/**
 * Whole blocks in one transaction, and the cursor with them: all or none. Either connected blocks, which continue
 * the stored chain one by one, or blocks of a set, of which those that are already there are left as they are.
 * `undone`: stored blocks that a reorg replaces by the new ones, the tip first; the world is told of both as of one.
 */
export async function saveBlocks(
  db: Database,
  blocks: readonly BlockToSave[],
  undone: readonly BlockPlace[] = [],
): Promise<SaveResult> {
  blocks.forEach(checkWhole);
  const connected = blocks.some((block) => block.connected);
  invariant(!connected || blocks.every((block) => block.connected), "one call saves a chain or a set, not both");
  invariant(connected || undone.length === 0 || blocks.length === 0, "a set of blocks replaces nothing");
  return db.transaction().execute(async (trx) => {
    const left = await undoBlocks(trx, undone);
    const fresh = connected ? await admitChain(trx, blocks) : await admitSet(trx, blocks);
    await insertBlocks(trx, fresh);
    const last = fresh.at(-1);
    if (connected && last !== undefined) await moveCursor(trx, last.header);
    const decided = await logBlocks(trx, { undone: left, blocks: fresh });
    // The last thing that the transaction does: event ids are drawn here, and the next writer waits for its end.
    return { saved: fresh.length, lastEventId: await publishBlocks(trx, { undone: left, blocks: fresh, decided }) };
  });
}

function checkWhole({ header, features, signals, insights, updates = [] }: BlockToSave): void {
  const { hash, height } = header;
  invariant(features.blockhash === hash && features.height === height, `features are not those of block ${hash}`);
  invariant(
    signals.every((signal) => signal.blockhash === hash),
    `a signal is not of block ${hash}`,
  );
  invariant(
    [...insights, ...updates].every((insight) => insight.blockHash === hash && insight.height === height),
    `an insight is not of block ${hash}`,
  );
}

async function admitChain(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<readonly BlockToSave[]> {
  let tip: { height: number; hash: string } | undefined = await lockCursor(trx);
  for (const { header } of blocks) {
    // The first block of all may stand at any height: a chain need not be stored from its beginning.
    const isNext = tip === undefined || (header.height === tip.height + 1 && header.prevHash === tip.hash);
    if (!isNext) throw notNextBlock(tip, header);
    tip = header;
  }
  // A block that was known from a set is derived anew, now with the history before it.
  const hashes = blocks.map((block) => bytesOf(block.header.hash));
  await trx.deleteFrom("block_headers").where("hash", "in", hashes).where("connected", "=", false).execute();
  return blocks;
}

async function admitSet(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<readonly BlockToSave[]> {
  if (blocks.length === 0) return [];
  const inserted = await trx
    .insertInto("block_headers")
    .values(blocks.map(headerRow))
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .returning("hash")
    .execute();
  const fresh = new Set(inserted.map((row) => row.hash.toString("hex")));
  return blocks.filter((block) => fresh.delete(block.header.hash));
}

async function insertBlocks(trx: Transaction<Tables>, blocks: readonly BlockToSave[]): Promise<void> {
  await insertRows(trx, "block_headers", blocks.filter((block) => block.connected).map(headerRow));
  await insertRows(trx, "block_features", blocks.map(featuresRow));
  await insertRows(trx, "block_price_features", blocks.flatMap(priceRows));
  await insertRows(trx, "transfers", blocks.flatMap(transferRows));
  await insertFlows(trx, blocks);
  await insertRows(trx, "signals", blocks.flatMap(signalRows));
  await insertRows(trx, "quiet_blocks", blocks.flatMap(quietRows));
  await insertRows(trx, "block_expectations", blocks.flatMap(expectationRows));
  await insertRows(trx, "block_low_rates", blocks.flatMap(lowRateRows));
}
