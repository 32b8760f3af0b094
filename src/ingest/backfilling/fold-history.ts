import type { Publication } from "#insights";
import { type Calibration, Detection, type Detector, DETECTORS, isTaughtBeforehand, lookBackOf } from "#signals";
import { backfill, type Database, findChain, listRecentRows } from "#store";
import { judgeRow } from "../judge-row.ts";

/** Blocks of one transaction. */
const CHUNK_BLOCKS = 500;

type FoldOptions = {
  readonly db: Database;
  readonly jobId: number;
  readonly detectors?: readonly Detector[];
  /** Absent: all is published. */
  readonly publication?: Publication | undefined;
  readonly signal: AbortSignal;
  /** Blocks of one transaction: of those that are judged, and of those that are joined to the chain. */
  readonly chunkBlocks?: number;
  readonly pieceBlocks?: number;
};

type Heights = { readonly fromHeight: number; readonly toHeight: number };

type Rows = (heights: Heights) => Promise<readonly backfill.FoldRow[]>;

type Folding = {
  readonly db: Database;
  readonly detection: Detection;
  readonly simulated: boolean;
  readonly calibration: Calibration | undefined;
  readonly publication: Publication | undefined;
  /** Ids of all insights that were found so far. */
  readonly told: Set<string>;
  /** Absent where it is no job's. */
  readonly jobId?: number;
  readonly chunkBlocks?: number | undefined;
  readonly signal: AbortSignal;
};

/**
 * Signals and insights of a job's blocks in order of height: first of those that are not part of the stored chain, which
 * then become so, and then of the stored ones that look back on them. Interrupted, it goes on where it was.
 */
export async function foldHistory({
  db,
  jobId,
  detectors = DETECTORS,
  publication,
  signal,
  chunkBlocks,
  pieceBlocks,
}: FoldOptions): Promise<void> {
  const lookBack = lookBackOf(detectors);
  const span = await backfill.beginFold(db, { jobId, lookBack });
  const stored = await backfill.findSpan(db);
  if (span === undefined || stored === undefined) return;
  const folding = { ...(await openFolding(db, { detectors, publication })), jobId, signal, chunkBlocks };
  let { folded } = span;
  // Where they were all judged before, some of them may have been joined as well.
  const judged = folded >= stored.first - 1;
  if (span.fromHeight < stored.first) {
    const path = await backfill.readPath(db, span.fromHeight);
    if (!judged) {
      const rows: Rows = (heights) => backfill.listPathRows(db, path, heights);
      const fromHeight = Math.max(span.fromHeight, folded + 1 - lookBack);
      if (!(await foldRows(folding, rows, { fromHeight, toHeight: stored.first - 1, after: folded }))) return;
      folded = stored.first - 1;
    }
    const join = { jobId, path, foldTo: span.toHeight, lookBack, signal, ...(pieceBlocks && { pieceBlocks }) };
    if (!(await backfill.joinHistory(db, join))) return;
  }
  if (judged) await remember(folding, lookBack, folded);
  const rows: Rows = (heights) => backfill.listStoredRows(db, heights);
  const rest = { fromHeight: folded + 1, toHeight: span.toHeight, after: folded };
  if (await foldRows(folding, rows, rest)) await backfill.endJob(db, jobId);
}

/** Judges stored blocks anew that were judged before what they look back on changed. */
export async function judgeAbove(db: Database, height: number, judging: Judging): Promise<void> {
  const stored = await backfill.findSpan(db);
  if (stored === undefined || stored.last <= height) return;
  const folding = { ...(await openFolding(db, judging)), signal: new AbortController().signal };
  await remember(folding, lookBackOf(judging.detectors), height);
  const rows: Rows = (heights) => backfill.listStoredRows(db, heights);
  await foldRows(folding, rows, { fromHeight: height + 1, toHeight: stored.last, after: height });
}

/** By what blocks are judged. */
export type Judging = { readonly detectors: readonly Detector[]; readonly publication: Publication | undefined };

async function openFolding(db: Database, { detectors, publication }: Judging) {
  const chain = await findChain(db);
  return {
    db,
    detection: new Detection(detectors),
    simulated: chain?.simulated ?? false,
    // What a chain's own outcomes had taught by then is not read again, so nothing is said to be sure.
    calibration: chain === undefined || isTaughtBeforehand(chain) ? undefined : {},
    publication,
    told: new Set<string>(),
  };
}

/** What the blocks up to a height have left. */
async function remember(folding: Folding, lookBack: number, height: number): Promise<void> {
  for (const row of await listRecentRows(folding.db, lookBack, height)) judge(folding, { row, observed: [] });
}

function judge(folding: Folding, row: backfill.FoldRow): backfill.FoldedBlock {
  const { said: _said, ...judged } = judgeRow(row, folding);
  const block = { features: row.row.features, ...judged };
  for (const { id } of [...block.insights, ...(block.updates ?? [])]) folding.told.add(id);
  return block;
}

/** `after`: blocks up to this height are remembered and not stored. `false` where the job does not run any more. */
async function foldRows(
  folding: Folding,
  rows: Rows,
  { fromHeight, toHeight, after }: Heights & { readonly after: number },
): Promise<boolean> {
  const { db, told, jobId, signal, chunkBlocks = CHUNK_BLOCKS } = folding;
  for (let first = fromHeight; first <= toHeight; first += chunkBlocks) {
    signal.throwIfAborted();
    const chunk = await rows({ fromHeight: first, toHeight: Math.min(first + chunkBlocks - 1, toHeight) });
    const blocks = chunk.map((row) => judge(folding, row)).filter(({ features }) => features.height > after);
    const job = jobId === undefined ? {} : { jobId };
    if (blocks.length > 0 && !(await backfill.saveFold(db, { blocks, told, ...job }))) return false;
  }
  return true;
}
