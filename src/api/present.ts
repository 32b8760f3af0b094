import type { Insight, StoredEvent } from "#contract";
import { presentFeedbackStats } from "./present-feedback.ts";
import { chartOf, firstBlockOf } from "#insights";
import type { StoredEvent as EventRow, StoredInsight } from "#store";

/** Unix seconds → ISO-8601 UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** An insight and where it stands. */
type Standing = Omit<StoredInsight, "eventId" | "publishedEventId">;

export function presentInsight(row: StoredInsight): Insight {
  return { ...presentStanding(row), chart: chartOf(row), eventId: row.eventId };
}

export function presentStanding(row: Standing): Omit<Insight, "chart" | "eventId"> {
  const { headline, summary, wording } = row;
  const first = firstBlockOf(row);
  return {
    id: row.id,
    kind: row.kind,
    category: row.category,
    status: row.status,
    statusReason: row.statusReason,
    headline: wording?.headline ?? headline,
    summary: wording?.summary ?? summary,
    wording: wording === null ? null : { model: wording.model, template: { headline, summary } },
    height: row.height,
    blockHash: row.blockHash,
    blockTime: isoTime(row.blockTime),
    firstSeen: { height: first.height, blockHash: first.hash, time: isoTime(first.time) },
    surprise: row.surprise,
    confidence: row.confidence,
    evidence: {
      rule: row.evidence.rule,
      // Insights of earlier versions do not say.
      subject: row.evidence.subject ?? null,
      claim: row.evidence.claim ?? null,
      madeBy: row.evidence.madeBy ?? null,
      blocks: row.evidence.blocks.map((block) => ({ ...block, time: isoTime(block.time) })),
      transactions: row.evidence.transactions.map((transaction) => ({ ...transaction })),
      metrics: row.evidence.metrics.map((metric) => ({ ...metric })),
      slots: { ...row.evidence.slots },
    },
    simulated: row.simulated,
  };
}

export function presentEvent(row: EventRow): StoredEvent {
  const basics = { id: row.id, at: row.at.toISOString() };
  if (row.type === "feedback.updated") return { ...basics, type: row.type, data: presentFeedbackStats(row.data) };
  return row.insight === null
    ? { ...basics, type: row.type, data: { ...row.block, time: isoTime(row.block.time) } }
    : { ...basics, type: row.type, data: presentInsight(row.insight) };
}
