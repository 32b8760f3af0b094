import { isDeepStrictEqual } from "node:util";
import type { ChainBlock } from "#chain";
import { type Database, listEvents } from "#store";
import { visibleState } from "../helpers/visible-state.ts";

export type Comparison = {
  /** Blocks of the chain that are not stored. */
  readonly lost: number;
  /** Blocks that are stored twice, or were told twice without having been taken back. */
  readonly doubled: number;
  /** Parts of the state that are not those of an undisturbed run. */
  readonly differing: readonly string[];
};

type Compared = { readonly db: Database; readonly undisturbed: Database; readonly chain: readonly ChainBlock[] };

/**
 * What many disturbances have left, beside what reading the same chain once has left. Two things are other ones by
 * design: what an insight that a backfill told compares with, and predictions, which a backfill makes none of.
 */
export async function compareState({ db, undisturbed, chain }: Compared): Promise<Comparison> {
  const [state, wanted] = [await comparable(db), await comparable(undisturbed)];
  const stored = state.features.map(({ blockhash }) => blockhash);
  const known = new Set<string>(stored);
  return {
    lost: chain.filter(({ hash }) => !known.has(hash)).length,
    doubled: stored.length - known.size + (await countToldTwice(db)),
    differing: (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
      (part) => !isDeepStrictEqual(state[part], wanted[part]),
    ),
  };
}

async function comparable(db: Database) {
  const { insights, predictions: _predictions, ...rows } = await visibleState(db);
  return { ...rows, insights: insights.map(({ id, blockHash, status }) => ({ id, blockHash, status })) };
}

/** Blocks that were connected once more while they stood. */
async function countToldTwice(db: Database): Promise<number> {
  const standing = new Set<string>();
  let twice = 0;
  for (const { type, block } of await listEvents(db, { after: 0, limit: 1_000_000 })) {
    if (block === null) continue;
    if (type === "block.connected" && standing.has(block.hash)) twice += 1;
    if (type === "block.connected") standing.add(block.hash);
    if (type === "block.disconnected") standing.delete(block.hash);
  }
  return twice;
}
