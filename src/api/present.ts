import type { Insight, StoredEvent } from "#contract";
import { chartOf, type Claim, firstBlockOf, tagsOf } from "#insights";
import type { StoredEvent as EventRow, StoredInsight } from "#store";
import { pathOfBrief } from "./brief-paths.ts";
import { presentFeedbackStats } from "./present-feedback.ts";

/** Unix seconds → ISO-8601 UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** An insight and where it stands. */
type Standing = Omit<StoredInsight, "eventId" | "publishedEventId" | "publishedHeight">;

export function presentInsight(row: StoredInsight): Insight {
  const { publishedHeight, eventId } = row;
  return { ...presentStanding(row), chart: chartOf(row), publishedHeight, eventId };
}

export function presentStanding(row: Standing): Omit<Insight, "chart" | "publishedHeight" | "eventId"> {
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
    attributionCertainty: row.evidence.attribution?.certainty ?? null,
    evidence: {
      rule: row.evidence.rule,
      // Insights of earlier versions do not say.
      subject: row.evidence.subject ?? null,
      claim: presentClaim(row.evidence.claim ?? null, row.decided),
      madeBy: presentMaking(row.evidence.madeBy ?? null),
      attribution: presentAttribution(row.evidence.attribution),
      blocks: row.evidence.blocks.map(presentBlock),
      begins: row.evidence.begins ? presentBlock(row.evidence.begins) : null,
      transactions: row.evidence.transactions.map(presentTransaction),
      metrics: row.evidence.metrics.map((metric) => ({ ...metric })),
      slots: { ...row.evidence.slots },
    },
    tags: [...tagsOf(row)],
    simulated: row.simulated,
  };
}

function presentBlock(block: Standing["evidence"]["blocks"][number]): Insight["evidence"]["blocks"][number] {
  return { ...block, time: isoTime(block.time) };
}

function presentMaking(madeBy: Standing["evidence"]["madeBy"]): Insight["evidence"]["madeBy"] {
  return madeBy && { ...madeBy, fromHeight: madeBy.fromHeight ?? null };
}

function presentAttribution(attribution: Standing["evidence"]["attribution"]): Insight["evidence"]["attribution"] {
  if (attribution === undefined || attribution === null) return null;
  const { certainty, parties } = attribution;
  return { certainty, parties: parties.map((party) => ({ ...party })) };
}

/** Earlier versions kept neither parties nor shape. */
function presentTransaction(
  transaction: Standing["evidence"]["transactions"][number],
): Insight["evidence"]["transactions"][number] {
  const { txid, valueSats, feeSats, toAddress, from = null, to = null, inputs = null, outputs = null } = transaction;
  return { txid, valueSats, feeSats, toAddress, from, to, inputs, outputs };
}

/** @param decided absent where nobody asked the scorecard */
function presentClaim(claim: Claim | null, decided: Standing["decided"]): Insight["evidence"]["claim"] {
  if (claim === null) return null;
  const { fromHeight: _, ...told } = claim;
  const said = { ...told, score: claim.score ?? null, alike: claim.alike ?? null };
  if (decided === undefined) return { ...said, outcome: null, outcomeHeight: null };
  if (decided === null) return { ...said, outcome: "open", outcomeHeight: null };
  const outcome = decided.came === null ? "unknown" : decided.came ? "true" : "false";
  return { ...said, outcome, outcomeHeight: decided.height };
}

export function presentEvent(row: EventRow): StoredEvent {
  const basics = { id: row.id, at: row.at.toISOString() };
  if (row.type === "feedback.updated") return { ...basics, type: row.type, data: presentFeedbackStats(row.data) };
  if (row.type === "brief.published") {
    const { day, headlines } = row.data;
    return { ...basics, type: row.type, data: { date: day, url: pathOfBrief(day), headlines: [...headlines] } };
  }
  return row.insight === null
    ? { ...basics, type: row.type, data: { ...row.block, time: isoTime(row.block.time) } }
    : { ...basics, type: row.type, data: presentInsight(row.insight) };
}
