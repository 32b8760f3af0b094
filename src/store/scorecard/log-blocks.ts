import type { Transaction } from "kysely";
import type { BlockToSave } from "../blocks/block-rows.ts";
import type { Tables } from "../database/schema.ts";
import type { EventBlock } from "../published/event-types.ts";
import { appendEntries, lockScorecard } from "./append-entries.ts";
import { type EntryBody, madeEntry, type ReorgEntry, type ResolvedEntry } from "./entry.ts";

type Change = { readonly undone: readonly EventBlock[]; readonly blocks: readonly BlockToSave[] };

/**
 * Enters what blocks that left and blocks that came do to predictions. Part of the transaction that stores them.
 * @returns ids of predictions that were decided, or are open again
 */
export async function logBlocks(trx: Transaction<Tables>, { undone, blocks }: Change): Promise<readonly string[]> {
  const arriving = blocks.flatMap(arrivals);
  if (arriving.length === 0 && undone.length === 0) return [];
  await lockScorecard(trx);
  const entries = [...(await departures(trx, undone)), ...arriving];
  await appendEntries(trx, entries);
  const moved = entries.filter(({ type }) => type === "resolved" || type === "reopened");
  return [...new Set(moved.map(({ predictionId }) => predictionId))];
}

/** A block resolves what was said before it, then something is said after it. */
function arrivals({ header: { height, hash, time }, predictions }: BlockToSave): EntryBody[] {
  if (predictions === undefined) return [];
  const resolved = predictions.resolved.map(({ prediction: { id, kind }, outcome, score }): ResolvedEntry => ({
    type: "resolved",
    predictionId: id,
    kind,
    height,
    blockHash: hash,
    time,
    outcome,
    score,
  }));
  return [...resolved, ...predictions.made.map(madeEntry)];
}

/** What was said on a block that left is withdrawn; what one resolved that was said before is open again. */
async function departures(trx: Transaction<Tables>, undone: readonly EventBlock[]): Promise<ReorgEntry[]> {
  if (undone.length === 0) return [];
  const lost = new Map(undone.map((block) => [block.hash, block]));
  const rows = await trx
    .selectFrom("predictions")
    .innerJoin("scorecard_entries as made", "made.seq", "predictions.made_seq")
    .innerJoin("scorecard_entries as last", "last.seq", "predictions.seq")
    .select(["predictions.id", "predictions.kind", "made.block_hash as made_on", "last.block_hash as last_on"])
    .where("predictions.state", "!=", "withdrawn")
    .where((either) =>
      either.or([
        either("made.block_hash", "in", [...lost.keys()]),
        either.and([either("last.block_hash", "in", [...lost.keys()]), either("predictions.state", "=", "resolved")]),
      ]),
    )
    .orderBy("predictions.made_seq")
    .execute();
  return rows.flatMap(({ id, kind, made_on: madeOn, last_on: lastOn }): ReorgEntry[] => {
    const base = lost.get(madeOn);
    const block = base ?? lost.get(lastOn);
    if (block === undefined) return [];
    const { height, hash: blockHash, time } = block;
    const reason = `Block ${height} (${blockHash}) left the chain.`;
    const type = base === undefined ? "reopened" : "withdrawn";
    return [{ type, predictionId: id, kind, height, blockHash, time, reason }];
  });
}
