import { bundleRowOf, firstBlockOf, type InsightBundle, lookBackOfKind, sealBundle } from "#insights";
import { canonicalDigest, invariant, VERSION } from "#lib";
import { type CalibrationMap, isTaughtBeforehand, learnFromOwn, type SignalKind } from "#signals";
import { type BlockHash, NETWORKS } from "#bitcoin";
import { findChain } from "../blocks/chain-claim.ts";
import { findLookBack } from "../blocks/look-back-rows.ts";
import type { Database } from "../database/schema.ts";
import { listDecidedClaims } from "../scorecard/open-predictions.ts";
import { findInsight } from "./insights.ts";
import type { StoredInsight } from "./insight-rows.ts";

export type FoundBundle =
  | { readonly found: "bundle"; readonly bundle: InsightBundle }
  /** Its block is not stored any more, and its rows went with it. */
  | { readonly found: "insight alone"; readonly insight: StoredInsight };

/** All that a published insight follows from; `undefined` where there is no such insight. */
export async function findBundle(db: Database, id: string): Promise<FoundBundle | undefined> {
  const stored = await findInsight(db, id);
  if (stored === undefined) return undefined;
  const lookBack =
    stored.status === "retracted"
      ? undefined
      : await findLookBack(db, { hash: stored.blockHash, ...howFarBack(stored) });
  if (lookBack === undefined) return { found: "insight alone", insight: stored };
  const { rows, ...base } = lookBack;
  const chain = await chainOf(db);
  const learns = base.connected && !isTaughtBeforehand(chain);
  const calibration = learns ? await calibrationAt(db, chain.network, stored) : null;
  const insight = publishedPart(stored);
  const head = { format: 1, program: VERSION, chain, insight, ...base, observedByThisNode: { calibration } } as const;
  return { found: "bundle", bundle: sealBundle(head, rows.map(bundleRowOf), canonicalDigest) };
}

/** What was read below it after it was told is no part of what it follows from. */
function howFarBack({ kind, evidence: { madeBy } }: StoredInsight) {
  return { blocks: lookBackOfKind(kind), fromHeight: madeBy?.fromHeight };
}

async function chainOf(db: Database): Promise<InsightBundle["chain"]> {
  const chain = await findChain(db);
  const network = Object.values(NETWORKS).find(({ name }) => name === chain?.network)?.name;
  invariant(chain !== undefined && network !== undefined, "insights are stored of a chain that is known");
  return { ...chain, network };
}

/** What blocks before the one in which it was told had decided: that block's own outcomes are learnt from after it. */
async function calibrationAt(db: Database, network: string, stored: StoredInsight): Promise<CalibrationMap | null> {
  const { claim } = stored.evidence;
  // Blocks that were judged anew, long after others like it were decided, were judged without these.
  if (claim !== null && claim.learntFrom === null) return null;
  const first = firstBlockOf(stored);
  const kind = (await findKindToldIn(db, stored.id, first.hash)) ?? stored.kind;
  return learnFromOwn(network, await listDecidedClaims(db, first.height - 1))[kind] ?? null;
}

/** Of the kind whose claim it bears: an insight of one payment may have become that of a flow. */
async function findKindToldIn(db: Database, id: string, blockHash: BlockHash): Promise<SignalKind | undefined> {
  const told = db.selectFrom("insights").select("kind").where("id", "=", id);
  const row = await told.where("block_hash", "=", Buffer.from(blockHash, "hex")).executeTakeFirst();
  return row?.kind;
}

/** The insight without where it stands now: a status changes, what was said does not. */
function publishedPart(stored: StoredInsight): InsightBundle["insight"] {
  const { status, statusReason, eventId, publishedEventId, publishedHeight, decided, ...insight } = stored;
  return insight;
}
