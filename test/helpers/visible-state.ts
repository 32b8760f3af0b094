import { type Database, getCursor, listInsights, listRecentFeatures } from "#store";

/** Every derived row, and what readers can see of the winning chain. */
export async function visibleState(db: Database) {
  const insights = await listInsights(db, { limit: 10_000 });
  const live = insights.filter(({ status }) => status !== "retracted");
  return {
    cursor: await getCursor(db),
    features: await listRecentFeatures(db, 10_000),
    transfers: await db.selectFrom("transfers").selectAll().orderBy("blockhash").orderBy("tx_index").execute(),
    flows: await db.selectFrom("block_flows").selectAll().orderBy("blockhash").orderBy("label_version").execute(),
    entityFlows: await db
      .selectFrom("entity_flows")
      .selectAll()
      .orderBy("blockhash")
      .orderBy("label_version")
      .orderBy("actor")
      .orderBy("kind")
      .execute(),
    parties: await db.selectFrom("transfer_parties").selectAll().orderBy("blockhash").orderBy("tx_index").execute(),
    signals: await db.selectFrom("signals").selectAll().orderBy("blockhash").orderBy("ordinal").execute(),
    quiet: await db.selectFrom("quiet_blocks").selectAll().orderBy("blockhash").orderBy("reason").execute(),
    // Seqs, and whether something was said at the tip, are other ones on each way to the same chain.
    predictions: await db
      .selectFrom("predictions")
      .select(["id", "kind", "subject", "height", "state", "resolved_height"])
      .where("state", "!=", "withdrawn")
      .orderBy("id")
      .execute(),
    // Event ids and the block that told first say when something was said, which is another time on each way to the same
    // chain: a branch that lost may have told it.
    insights: live
      .map((insight) => ({ ...insight, eventId: 0, publishedEventId: 0, publishedHeight: 0, statusReason: null }))
      .toSorted(byId),
  };
}

function byId(left: { id: string }, right: { id: string }): number {
  return left.id.localeCompare(right.id);
}
