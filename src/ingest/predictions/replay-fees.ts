import type { FeeForecaster } from "#signals";
import { type Cursor, type Database, listLowRates, streamSnapshots } from "#store";

/** What was seen in so many seconds is gone through again: enough for the outcomes that short targets need. */
const REPLAYED_SECONDS = 2 * 86_400;

/** Blocks that may have come in that time. */
const REPLAYED_BLOCKS = 600;

/** Teaches what an earlier run stored of mempool and blocks, in the order in which it was seen. Nothing is entered. */
export async function replayFees(db: Database, fees: FeeForecaster, newest: Cursor): Promise<void> {
  const range = { fromHeight: newest.height - REPLAYED_BLOCKS + 1, toHeight: newest.height };
  const blocks = (await listLowRates(db, range)).values();
  let next = blocks.next();
  const connectUpTo = (height: number): void => {
    for (; next.done !== true && next.value.height <= height; next = blocks.next()) fees.connect(next.value);
  };
  for await (const page of streamSnapshots(db, newest.time - REPLAYED_SECONDS)) {
    for (const snapshot of page) {
      if (snapshot.tip !== null) connectUpTo(snapshot.tip.height);
      fees.look(snapshot);
    }
  }
  connectUpTo(newest.height);
}
